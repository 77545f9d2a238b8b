package dev.wattline.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Board power as a staircase over time, whose integral is exact; immutable. Before the first step and behind the last one
 * the power of the nearest holds.
 */
public final class StepLoad {
    private final double[] startsMs;
    private final double[] watts;
    private final double[] joules; // up to each start

    private StepLoad(double[] startsMs, double[] watts) {
        this.startsMs = startsMs;
        this.watts = watts;
        this.joules = new double[watts.length];
        for (int i = 1; i < watts.length; i++) {
            joules[i] = joules[i - 1] + watts[i - 1] * (startsMs[i] - startsMs[i - 1]) * 1e-3;
        }
    }

    /** Collects steps. */
    public static final class Builder {
        private double[] starts = new double[64];
        private double[] watts = new double[64];
        private int n;
        private double now;

        /** A staircase that begins at this time in ms. */
        public Builder(double startMs) {
            this.now = startMs;
        }

        /** Adds a level in W that lasts this long. */
        public Builder level(double power, double lengthMs) {
            if (n == starts.length) {
                starts = Arrays.copyOf(starts, 2 * n);
                watts = Arrays.copyOf(watts, 2 * n);
            }
            starts[n] = now;
            watts[n++] = power;
            now += lengthMs;
            return this;
        }

        /** Time in ms at which the next level would begin. */
        public double nowMs() {
            return now;
        }

        /** The load; it has at least one level. */
        public StepLoad build() {
            return new StepLoad(Arrays.copyOf(starts, n), Arrays.copyOf(watts, n));
        }
    }

    /** Energy in J from the first step to this time in ms. */
    public double energyTo(double ms) {
        int found = Arrays.binarySearch(startsMs, ms);
        int i = Math.max(0, found >= 0 ? found : -found - 2);
        return joules[i] + (ms - startsMs[i]) * watts[i] * 1e-3;
    }

    /** Mean power in W between two times in ms. */
    public double mean(double fromMs, double toMs) {
        return (energyTo(toMs) - energyTo(fromMs)) / (toMs - fromMs) * 1e3;
    }

    /** Courses of load that GPUs run. */
    public enum Shape {
        /** Equal halves of 270 ms period, each half's length off by up to 5 %. */
        SQUARE_270(270, 0.5, 0.1),
        /** The same with 1.3 s and 10 %. */
        SQUARE_1300(1300, 0.5, 0.2),
        /** The same with 3.1 s and 10 %. */
        SQUARE_3100(3100, 0.5, 0.2),
        /** The same with 0.7 s and 10 %. */
        SQUARE_700(700, 0.5, 0.2),
        /** 0.9 s, a fifth of it at the upper level, each length off by up to 10 %. */
        SQUARE_900(900, 0.2, 0.2),
        /** Equal halves of 1.1 s, each half's length off by up to 1 %. */
        SQUARE_1100(1100, 0.5, 0.02),
        /** 1.7 s, four fifths of it at the upper level, each length off by up to 10 %. */
        SQUARE_1700(1700, 0.8, 0.2),
        /** 2.3 s, a fifth of it at the upper level, each length off by up to 10 %. */
        SQUARE_2300(2300, 0.2, 0.2),
        /** Bursts of 40 ms at random gaps of 60 ms on average. */
        BURSTS {
            @Override
            void fill(Builder load, double endMs, SplittableRandom random) {
                while (load.nowMs() < endMs) {
                    load.level(380 + 20 * random.nextDouble(), 40);
                    load.level(110, -60 * Math.log(1 - random.nextDouble()));
                }
            }
        },
        /** A prefill at full power, then decoding at a third of it, of random lengths; sometimes a pause. */
        LLM {
            @Override
            void fill(Builder load, double endMs, SplittableRandom random) {
                while (load.nowMs() < endMs) {
                    load.level(360 + 40 * random.nextDouble(), 80 + 200 * random.nextDouble());
                    load.level(200 + 40 * random.nextDouble(), 300 + 1700 * random.nextDouble());
                    if (random.nextInt(5) == 0) {
                        load.level(90, 100 + 500 * random.nextDouble());
                    }
                }
            }
        },
        /** A level that wanders slowly. */
        WANDER {
            @Override
            void fill(Builder load, double endMs, SplittableRandom random) {
                double level = 300;
                while (load.nowMs() < endMs) {
                    level += 12 * (random.nextDouble() - 0.5) + 0.02 * (300 - level);
                    load.level(level, 100);
                }
            }
        },
        /** A level with noise from ms to ms. */
        NOISE {
            @Override
            void fill(Builder load, double endMs, SplittableRandom random) {
                while (load.nowMs() < endMs) {
                    load.level(250 + 80 * random.nextDouble(), 5 + 10 * random.nextDouble());
                }
            }
        };

        /** Those that are no special case of any sensor. */
        public static final List<Shape> GENERAL =
                List.of(SQUARE_270, SQUARE_1300, SQUARE_3100, BURSTS, LLM, WANDER, NOISE);

        private final double periodMs;
        private final double duty;
        private final double jitter;

        /** A square wave: a share of the period at the upper level, each length off by half this share at most. */
        Shape(double periodMs, double duty, double jitter) {
            this.periodMs = periodMs;
            this.duty = duty;
            this.jitter = jitter;
        }

        /** Another course, which {@link #fill} gives. */
        Shape() {
            this(Double.NaN, Double.NaN, Double.NaN);
        }

        /** Adds levels until an end in ms is reached or passed. */
        void fill(Builder load, double endMs, SplittableRandom random) {
            while (load.nowMs() < endMs) {
                load.level(400, periodMs * duty * (1 + jitter * (random.nextDouble() - 0.5)));
                load.level(100, periodMs * (1 - duty) * (1 + jitter * (random.nextDouble() - 0.5)));
            }
        }

        /** This load from 0 to an end in ms, with idle at 70 W for a time before and behind. */
        public StepLoad between(double endMs, double idleMs, SplittableRandom random) {
            Builder load = new Builder(-idleMs).level(70, idleMs);
            fill(load, endMs, random);
            double over = load.nowMs() - endMs;
            StepLoad busy = load.build();
            // Cut the last level at the end of the load.
            Builder cut = new Builder(-idleMs);
            for (int i = 0; i < busy.watts.length; i++) {
                double next = i + 1 < busy.startsMs.length ? busy.startsMs[i + 1] : endMs + over;
                double length = Math.min(next, endMs) - busy.startsMs[i];
                if (length > 0) {
                    cut.level(busy.watts[i], length);
                }
            }
            return cut.level(70, idleMs).build();
        }
    }
}
