package dev.wattline.mock.smi;

import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One card: its identity, its true power, and the sensors that misreport it. */
final class MockCard {
    private static final double AVERAGE_WINDOW = 1.0;
    private static final double QUANTUM = 0.01;
    private static final long COUNTER_SEED = 0xC0; // so that a counter changes no other draw

    private final int index;
    private final String uuid;
    private final CardModel model;
    private final SignalModel power;
    private final PowerSensor instant;
    private final PowerSensor average;
    private final PowerSensor moduleInstant;
    private final PowerSensor moduleAverage;
    private final EnergyCounter counter;

    private MockCard(
            int index,
            String uuid,
            CardModel model,
            SignalModel power,
            PowerSensor instant,
            PowerSensor average,
            double moduleWatts,
            EnergyCounter counter) {
        this.index = index;
        this.uuid = uuid;
        this.model = model;
        this.power = power;
        this.instant = instant;
        this.average = average;
        // The module's sensor is taken to have its card's errors, as nothing is known of its own.
        SignalModel module = new ModuleSignal(power, moduleWatts);
        this.moduleInstant = new PowerSensor(module, instant.parameters());
        this.moduleAverage = new PowerSensor(module, average.parameters());
        this.counter = counter;
    }

    /** The power of a superchip: its GPU's, and a constant for processor and memory. */
    private record ModuleSignal(SignalModel gpu, double others) implements SignalModel {
        @Override
        public double wattsAt(double seconds) {
            return gpu.wattsAt(seconds) + others;
        }

        @Override
        public double meanWatts(double fromSeconds, double toSeconds) {
            return gpu.meanWatts(fromSeconds, toSeconds) + others;
        }
    }

    /**
     * A card whose identity and sensor errors follow from seed and index: gain and offset are drawn from the spread of
     * real cards (gain 0.993 with a standard deviation of 0.035, offset -1.7 W with 7.2 W), unless given.
     */
    private static MockCard of(int index, MockSmiOptions options, SignalModel power, EnergyCounter counter) {
        SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003 + index);
        String uuid = String.format(
                Locale.ROOT,
                "GPU-%08x-%04x-4000-8000-%012x",
                random.nextInt(),
                random.nextInt(0x10000),
                random.nextLong() & 0xFFFF_FFFF_FFFFL);
        CardModel model = options.model();
        double drawnGain = 0.993 + 0.035 * random.nextGaussian();
        double drawnOffset = -1.7 + 7.2 * random.nextGaussian();
        double gain = options.gain().orElse(drawnGain);
        double offset = options.offset().orElse(drawnOffset);
        double period = options.periodMillis().orElse(model.periodMillis()) / 1e3;
        double window = options.windowMillis().orElse(model.windowMillis()) / 1e3;
        double delay = options.delayMillis() / 1e3;
        double phase = random.nextDouble() * period;
        PowerSensor instant =
                new PowerSensor(power, new PowerSensor.Parameters(period, window, delay, phase, gain, offset, QUANTUM));
        PowerSensor average = new PowerSensor(
                power,
                new PowerSensor.Parameters(
                        period,
                        options.windowMillis().isPresent() ? window : AVERAGE_WINDOW,
                        delay,
                        phase,
                        gain,
                        offset,
                        QUANTUM));
        return new MockCard(
                index,
                uuid,
                model,
                power,
                instant,
                average,
                options.moduleWatts().orElse(0),
                counter);
    }

    /** All cards of a machine. */
    static List<MockCard> all(MockSmiOptions options) {
        double[] shares = options.shares();
        SignalModel all = options.wall().ofCards(options.otherWatts(), options.efficiency());
        SignalModel withoutNoise = all instanceof NoisySignal noisy ? noisy.base() : all;
        List<MockCard> cards = new ArrayList<>();
        for (int i = 0; i < options.cards(); i++) {
            EnergyCounter counter = counter(i, options, woken(new GpuPower(withoutNoise, shares[i]), options));
            cards.add(MockCard.of(i, options, woken(new GpuPower(all, shares[i]), options), counter));
        }
        return List.copyOf(cards);
    }

    private static SignalModel woken(SignalModel asleep, MockSmiOptions options) {
        return options.polls().map(polls -> polls.awake(asleep)).orElse(asleep);
    }

    /** It does not see the noise, whose mean is 0. */
    private static EnergyCounter counter(int index, MockSmiOptions options, SignalModel power) {
        CounterSpec spec = options.counter(index);
        boolean ofModule = spec.scope() == CounterSpec.Scope.MODULE;
        return new EnergyCounter(
                spec,
                ofModule ? new ModuleSignal(power, options.moduleWatts().orElse(0)) : power,
                new SplittableRandom(options.seed() * 1_000_003 + index ^ COUNTER_SEED));
    }

    int index() {
        return index;
    }

    String uuid() {
        return uuid;
    }

    CardModel model() {
        return model;
    }

    EnergyCounter counter() {
        return counter;
    }

    /** True mean power in W between two moments, from pieces of at most a second, since some signals average a few moments only. */
    double meanWatts(double from, double to) {
        int pieces = (int) Math.max(1, Math.ceil(to - from));
        double length = (to - from) / pieces;
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            sum += power.meanWatts(from + i * length, from + (i + 1) * length);
        }
        return sum / pieces;
    }

    /**
     * What should have been read of the card.
     *
     * @param mean its true mean power; null where not known
     * @param seconds for how long
     * @param read its counter; null where that was not read
     */
    SmiTruth.Card truth(@Nullable Double mean, @Nullable Double seconds, SmiTruth.@Nullable Counter read) {
        PowerSensor.Parameters sensor = instant.parameters();
        return new SmiTruth.Card(
                index,
                uuid,
                model.cardName(),
                sensor.gain(),
                sensor.offset(),
                sensor.period() * 1e3,
                sensor.window() * 1e3,
                average.parameters().window() * 1e3,
                sensor.delay() * 1e3,
                mean,
                mean == null || seconds == null ? null : mean * seconds,
                read);
    }

    double instantWatts(double seconds) {
        return instant.read(seconds);
    }

    double averageWatts(double seconds) {
        return average.read(seconds);
    }

    /** Of a superchip: GPU, processor and memory. */
    double moduleInstantWatts(double seconds) {
        return moduleInstant.read(seconds);
    }

    /** Likewise, over the window of the average. */
    double moduleAverageWatts(double seconds) {
        return moduleAverage.read(seconds);
    }

    /** What power.draw gives: the average where the model has one. */
    double drawWatts(double seconds) {
        return model.averages() ? averageWatts(seconds) : instantWatts(seconds);
    }

    /** Power as a share of the limit, 0 to 1, for the fields that follow the load. */
    double load(double seconds) {
        return Math.min(1, drawWatts(seconds) / model.limitWatts());
    }
}
