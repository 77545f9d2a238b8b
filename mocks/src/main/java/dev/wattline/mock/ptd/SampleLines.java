package dev.wattline.mock.ptd;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What PTDaemon 1.11.1 says of a sample on standard output: nothing of a good one with fixed ranges. In this order:
 * bad readings, uncertainty that cannot be evaluated, uncertainty unknown or above 1 %; all of it once for each measured
 * channel of a multichannel analyzer, and the last once more for the sum, channel 0.
 */
final class SampleLines {
    private static final String UNKNOWN = "WARNING: Uncertainty unknown for the last measurement sample";
    private static final String[] READ_ORDER = {"watts", "amps", "pf", "volts"};

    private final DeviceProfile profile;
    private final Instrument instrument;
    private final UncertaintyModel uncertainties;
    private final EventLog log;

    SampleLines(DeviceProfile profile, Instrument instrument, UncertaintyModel uncertainties, EventLog log) {
        this.profile = profile;
        this.instrument = instrument;
        this.uncertainties = uncertainties;
        this.log = log;
    }

    void print(Instant at, Sample sample) {
        if (sample.sum().missed()) {
            log.warning(at, "WARNING: Missed 1 samples");
            return;
        }
        if (sample.channels().isEmpty()) {
            channel(at, 0, sample.sum(), uncertainties.ofSum(sample), "");
            return;
        }
        for (int i = 0; i < instrument.channels(); i++) {
            Quadruple reading = sample.channels().get(i);
            channel(at, i, reading, uncertainties.ofChannel(i, reading), ", logical channel " + (i + 1));
        }
        uncertainty(at, uncertainties.ofSum(sample), ", logical channel 0");
    }

    private void channel(Instant at, int channel, Quadruple reading, OptionalDouble uncertainty, String suffix) {
        if (reading.outOfRange()) {
            log.warning(
                    at,
                    String.format(
                            Locale.ROOT,
                            "ERROR: Current exceeds peak value allowed for range %.2fA and CF 3.",
                            instrument.amps(channel).value()));
        } else if (!reading.valid()) {
            bad(at, channel, reading);
        }
        if (uncertainty.isEmpty()) {
            log.warning(at, "ERROR: Can't evaluate uncertainty of this sample!");
        }
        uncertainty(at, uncertainty, suffix);
    }

    private void uncertainty(Instant at, OptionalDouble fraction, String suffix) {
        if (fraction.isEmpty()) {
            log.warning(at, UNKNOWN + suffix + "!");
        } else if (fraction.getAsDouble() > UncertaintyTally.LIMIT) {
            log.warning(
                    at,
                    String.format(
                            Locale.ROOT,
                            "WARNING: Uncertainty %.2f%%, which is above 1.00%% limit for the last sample%s!",
                            fraction.getAsDouble() * 100,
                            suffix));
        }
    }

    private void bad(Instant at, int channel, Quadruple reading) {
        boolean voltsGood = reading.value(MeasuredQuantity.VOLTS) >= 0; // a WT210's overflow spares them
        for (String quantity : READ_ORDER) {
            if (voltsGood && quantity.equals("volts")) {
                continue;
            }
            log.warning(at, "ERROR: Bad " + quantity + " reading nan from " + profile.shortName());
            log.buffer("Buffer was " + settings(channel));
        }
    }

    private String settings(int channel) {
        Instrument.Range amps = instrument.amps(channel);
        Instrument.Range volts = instrument.volts(channel);
        return scpi(amps.value()) + ";" + (amps.auto() ? 1 : 0) + ";" + scpi(volts.value()) + ";"
                + (volts.auto() ? 1 : 0);
    }

    /** A range as the instruments write it: {@code 500.0E-03}, {@code 5.0E+00}, {@code 300.0E+00}. */
    private static String scpi(double value) {
        return value < 1
                ? String.format(Locale.ROOT, "%.1fE-03", value * 1000)
                : String.format(Locale.ROOT, "%.1fE+00", value);
    }
}
