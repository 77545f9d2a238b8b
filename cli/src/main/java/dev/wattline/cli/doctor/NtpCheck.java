package dev.wattline.cli.doctor;

import dev.wattline.protocol.time.NtpMeasurement;
import java.util.function.Supplier;

/** This machine's clock against an NTP server. */
final class NtpCheck implements DoctorCheck {
    /** From here on, in ms, an offset or its uncertainty is too much for a machine that is kept in sync. */
    static final double NOTEWORTHY_MILLIS = 100;

    private final String name;
    private final Supplier<NtpMeasurement> measurement;

    NtpCheck(String name, Supplier<NtpMeasurement> measurement) {
        this.name = name;
        this.measurement = measurement;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CheckOutcome run() {
        NtpMeasurement measured = measurement.get();
        return outcome(measured)
                .with("offsetMillis", measured.offsetMillis())
                .with("uncertaintyMillis", measured.uncertaintyMillis())
                .with("stratum", measured.stratum());
    }

    private static CheckOutcome outcome(NtpMeasurement measured) {
        String clock = "this machine's clock is " + measured.describe();
        if (!measured.synchronised()) {
            return CheckOutcome.fail(clock, "Ask another server, or see why this one has lost its own.");
        }
        if (!measured.isInSync()) {
            return CheckOutcome.fail(
                    clock + "; below " + (int) NtpMeasurement.LIMIT_MILLIS + " ms is required",
                    "Set this machine's clock, and keep it set: chrony or ntpd.");
        }
        if (Math.abs(measured.offsetMillis()) > NOTEWORTHY_MILLIS) {
            return CheckOutcome.warn(
                    clock + ": within the limit, but not kept in sync",
                    "Let chrony or ntpd keep this machine's clock set, or a long run may leave the limit.");
        }
        if (measured.uncertaintyMillis() > NOTEWORTHY_MILLIS) {
            return CheckOutcome.warn(clock, "Ask a server that is nearer: half the way there and back is unknown.");
        }
        return CheckOutcome.pass(clock);
    }
}
