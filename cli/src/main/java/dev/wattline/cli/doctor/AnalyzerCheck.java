package dev.wattline.cli.doctor;

import dev.wattline.cli.doctor.AnalyzerAnswer.Answered;
import dev.wattline.cli.doctor.AnalyzerAnswer.NotAsked;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.DeviceType;
import java.util.Optional;

/** Whether PTDaemon runs and the analyzer answers through it, as the model that the configuration says. */
final class AnalyzerCheck implements DoctorCheck {
    private static final String NO_IDENTIFICATION = "-na";

    private final AnalyzerProbe probe;

    AnalyzerCheck(AnalyzerProbe probe) {
        this.probe = probe;
    }

    @Override
    public String name() {
        return "analyzer " + probe.number() + ": answers";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        AnalyzerAnswer answer = probe.answer();
        if (answer instanceof Answered answered) {
            return outcome(answered);
        }
        return CheckOutcome.warn(
                "not asked, since " + ((NotAsked) answer).why(), "Run the doctor again when that has ended.");
    }

    private CheckOutcome outcome(Answered answered) {
        AnalyzerIdentity identity = answered.identity();
        String seen = identity.model() + instrument(identity) + ", ranges "
                + answered.ranges().volts() + " V and " + answered.ranges().amps() + " A";
        Optional<DeviceType> other = DeviceType.of(probe.deviceType()).filter(type -> !type.isCalled(identity.model()));
        if (other.isPresent()) {
            return CheckOutcome.fail(
                    seen + "; device type " + probe.deviceType() + " is "
                            + other.get().models().get(0),
                    "Set deviceType to this analyzer's number: the official checker compares the two.");
        }
        if (identity.model().endsWith(NO_IDENTIFICATION)) {
            return CheckOutcome.warn(
                    seen + "; the instrument itself gave no identification",
                    "Check that devicePort is this analyzer's and that nothing else talks to it.");
        }
        return CheckOutcome.pass(seen);
    }

    private static String instrument(AnalyzerIdentity identity) {
        return identity.instrument().isEmpty() ? "" : " (" + identity.instrument() + ")";
    }

    @Override
    public void settle() throws InterruptedException {
        probe.awaitEnd();
    }
}
