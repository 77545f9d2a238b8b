package dev.wattline.mock.smi;

import dev.wattline.mock.signal.SignalModel;
import java.util.Locale;
import java.util.SplittableRandom;

/** One card: its identity, its true power, and the sensors that misreport it. */
final class MockCard {
    private static final double AVERAGE_WINDOW = 1.0;
    private static final double QUANTUM = 0.01;

    private final int index;
    private final String uuid;
    private final CardModel model;
    private final SignalModel power;
    private final PowerSensor instant;
    private final PowerSensor average;
    private final PowerSensor moduleInstant;
    private final PowerSensor moduleAverage;

    private MockCard(
            int index,
            String uuid,
            CardModel model,
            SignalModel power,
            PowerSensor instant,
            PowerSensor average,
            double moduleWatts) {
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
    static MockCard of(int index, MockSmiOptions options, SignalModel power) {
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
                options.moduleWatts().orElse(0));
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

    /** True mean power in W between two moments. */
    double trueMeanWatts(double from, double to) {
        return power.meanWatts(from, to);
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

    PowerSensor.Parameters instantParameters() {
        return instant.parameters();
    }

    PowerSensor.Parameters averageParameters() {
        return average.parameters();
    }
}
