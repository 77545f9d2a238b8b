package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * No reading is larger than the range it was measured with. The sum of several channels has no range of its own, so of
 * a multichannel sample the channels are looked at.
 */
public final class RangeRule implements SampleRule {
    private final double volts;
    private final double amps;
    private final boolean reaching; // whether a reading as large as the range is too large

    /**
     * @param volts the voltage range, V; NaN if it is not known
     * @param amps the current range, A; NaN if it is not known
     */
    public RangeRule(double volts, double amps) {
        this(volts, amps, false);
    }

    private RangeRule(double volts, double amps, boolean reaching) {
        this.volts = volts;
        this.amps = amps;
        this.reaching = reaching;
    }

    /** The stricter rule for a measurement that runs: a reading that reaches its range is on its way to exceed it. */
    public static RangeRule reaching(double volts, double amps) {
        return new RangeRule(volts, amps, true);
    }

    @Override
    public Optional<SampleFault> next(PowerSample sample) {
        List<Reading> channels = sample.channels();
        if (channels.isEmpty()) {
            return check(sample.reading());
        }
        for (Reading channel : channels) {
            Optional<SampleFault> fault = check(channel);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private Optional<SampleFault> check(Reading reading) {
        // An unknown range is NaN, and so is the value of a sample that was not measured: neither compares.
        if (isTooLarge(reading.decodedAmps(), amps)) {
            return fault("A", reading.decodedAmps(), amps);
        }
        if (isTooLarge(reading.decodedVolts(), volts)) {
            return fault("V", reading.decodedVolts(), volts);
        }
        return Optional.empty();
    }

    private boolean isTooLarge(double value, double range) {
        return value > range || (reaching && value == range);
    }

    private static Optional<SampleFault> fault(String unit, double value, double range) {
        return Optional.of(new SampleFault(
                "range-exceeded",
                String.format(Locale.ROOT, "%.6f %s were read with a range of %.6f %s", value, unit, range, unit),
                value / range));
    }
}
