package dev.wattline.mock.ptd;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A measurement's relative uncertainty as the makers state it for 50/60 Hz: 0.1 % of the reading and 0.05 % of the
 * power range. This gives the 0.2 to 0.7 % of recorded testing runs where the range is well used, and more than 1 % at
 * low load on a large range. Unknown while the instrument may change a range, and for readings that are none.
 */
final class UncertaintyModel {
    private static final double OF_READING = 0.001;
    private static final double OF_RANGE = 0.0005;
    private static final double GREATEST = 9.99;

    private final Instrument instrument;
    private OptionalDouble forced = OptionalDouble.empty();

    UncertaintyModel(Instrument instrument) {
        this.instrument = instrument;
    }

    /** Every valid reading has this uncertainty, as a fraction; empty for the computed one. */
    void force(OptionalDouble fraction) {
        forced = fraction;
    }

    /** Of one channel, numbered from 0, as a fraction. */
    OptionalDouble ofChannel(int channel, Quadruple reading) {
        if (!instrument.fixed(channel) || !reading.valid()) {
            return OptionalDouble.empty();
        }
        if (forced.isPresent()) {
            return forced;
        }
        double range =
                instrument.amps(channel).value() * instrument.volts(channel).value();
        double watts = reading.wattsValue();
        return OptionalDouble.of(watts == 0 ? GREATEST : Math.min(GREATEST, OF_READING + OF_RANGE * range / watts));
    }

    /** Of a sample: its only channel's, or the channels' absolute uncertainties added up over the sum of the watts. */
    OptionalDouble ofSum(Sample sample) {
        if (sample.channels().isEmpty()) {
            return ofChannel(0, sample.sum());
        }
        List<Quadruple> channels = sample.channels().subList(0, instrument.channels());
        double watts = 0;
        double absolute = 0;
        for (int i = 0; i < channels.size(); i++) {
            OptionalDouble fraction = ofChannel(i, channels.get(i));
            if (fraction.isEmpty()) {
                return fraction;
            }
            watts += channels.get(i).wattsValue();
            absolute += fraction.getAsDouble() * channels.get(i).wattsValue();
        }
        return OptionalDouble.of(watts == 0 ? GREATEST : absolute / watts);
    }
}
