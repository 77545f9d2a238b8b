package dev.wattline.mock.ptd;

import dev.wattline.mock.signal.SignalModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Readings of a load on an AC supply (or DC, with power factor 1): the signal's watts, a supply voltage that wavers by
 * 0.05 %, a power factor that rises with the load, and the current that follows from these. Values are rounded as the
 * instrument rounds; what its range cannot show is encoded.
 */
final class SignalSource implements SampleSource {
    /** Greatest current or voltage shown, as a multiple of the range; the instruments' manuals say 140 %. */
    static final double DISPLAY_LIMIT = 1.4;
    /** The crest factor setting of the instruments: the greatest peak is this multiple of the range. */
    static final double CREST_FACTOR = 3;

    private static final MathContext DIGITS = new MathContext(5);
    private static final double HALF_LOAD_WATTS = 60;

    private final SignalModel signal;
    private final Instrument instrument;
    private final Supply supply;
    private final int rowChannels;
    private final SplittableRandom random;

    /**
     * The imagined supply and load.
     *
     * @param volts nominal voltage
     * @param dc whether it is a direct current, whose power factor is 1
     * @param loadCrest peak over effective value of the load's current
     * @param nanOnRangeSwitch whether a reading fails when automatic ranging changes the range
     */
    record Supply(double volts, boolean dc, double loadCrest, boolean nanOnRangeSwitch) {}

    SignalSource(SignalModel signal, Instrument instrument, Supply supply, int rowChannels, long seed) {
        this.signal = signal;
        this.instrument = instrument;
        this.supply = supply;
        this.rowChannels = rowChannels;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void begin(String mark) {
        // A signal goes on whether it is measured or not.
    }

    @Override
    public Sample read(double fromSeconds, double toSeconds) {
        double watts = Math.max(0, signal.meanWatts(fromSeconds, toSeconds));
        if (rowChannels == 0) {
            return new Sample(channel(0, watts), List.of());
        }
        List<Quadruple> channels = new ArrayList<>(rowChannels);
        double left = watts;
        for (int i = 0; i < rowChannels; i++) {
            if (i >= instrument.channels()) {
                channels.add(Quadruple.UNUSED);
                continue;
            }
            int others = instrument.channels() - i;
            double share = others == 1 ? left : left / others * (1 + 0.01 * random.nextGaussian());
            left -= share;
            channels.add(channel(i, Math.max(0, share)));
        }
        return new Sample(SumChannel.of(channels.subList(0, instrument.channels())), channels);
    }

    @Override
    public Sample current(double seconds) {
        return read(seconds - 1, seconds);
    }

    private Quadruple channel(int index, double trueWatts) {
        double volts = rounded(supply.volts() * (1 + 0.0005 * random.nextGaussian()));
        double powerFactor = supply.dc()
                ? 1
                : BigDecimal.valueOf(powerFactor(trueWatts))
                        .round(new MathContext(4))
                        .doubleValue();
        double watts = rounded(trueWatts);
        double amps = rounded(watts / (volts * powerFactor));
        if (instrument.follow(index, volts, amps) && supply.nanOnRangeSwitch()) {
            return Quadruple.ERROR;
        }
        double ampRange = instrument.amps(index).value();
        double shown = Math.min(amps, DISPLAY_LIMIT * ampRange);
        if (shown < amps || amps * supply.loadCrest() > CREST_FACTOR * ampRange) {
            double clippedWatts = rounded(watts * shown / amps);
            return Quadruple.of(-(clippedWatts + 3), volts, -(rounded(shown) + 3), powerFactor);
        }
        double voltRange = instrument.volts(index).value();
        if (volts > DISPLAY_LIMIT * voltRange) {
            double clippedVolts = rounded(DISPLAY_LIMIT * voltRange);
            return Quadruple.of(-(rounded(watts * clippedVolts / volts) + 3), clippedVolts, -(amps + 3), powerFactor);
        }
        return Quadruple.of(watts, volts, amps, powerFactor);
    }

    /** Power supplies correct their power factor well at high load and badly at low. */
    private static double powerFactor(double watts) {
        return 0.35 + 0.62 * watts / (watts + HALF_LOAD_WATTS);
    }

    private static double rounded(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    }
}
