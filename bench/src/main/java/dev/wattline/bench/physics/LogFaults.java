package dev.wattline.bench.physics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Polls that are missing from an nvidia-smi log, and cards that fail; times in true ms from the run's begin.
 *
 * @param silentFromMs begins of the holes that all cards share
 * @param silentToMs their ends
 * @param beginsMs when each card's readings begin
 * @param failsMs when each card fails; infinite where it does not
 * @param falling whether a failed card falls silent; else its last reading is told again and again
 * @param missing share of polls that are missing by chance
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record LogFaults(
        double[] silentFromMs,
        double[] silentToMs,
        double[] beginsMs,
        double[] failsMs,
        boolean[] falling,
        double missing) {

    static LogFaults none(int cards) {
        double[] never = new double[cards];
        Arrays.fill(never, Double.POSITIVE_INFINITY);
        return new LogFaults(new double[0], new double[0], new double[cards], never, new boolean[cards], 0);
    }

    /** A hole or two, or one every 35 s; a card that dies, one that begins late, and polls that are missing. */
    static LogFaults random(int cards, double lengthMs, SplittableRandom random) {
        boolean again = random.nextInt(6) == 0; // a logger that stops for 4 s every 35 s, as one was seen to do
        int holes = again ? (int) (lengthMs / 35_000) : random.nextInt(3);
        double[] from = new double[holes];
        double[] to = new double[holes];
        for (int i = 0; i < holes; i++) {
            from[i] = again ? 20_000 + 35_000.0 * i : lengthMs * random.nextDouble();
            to[i] = from[i] + (again ? 4000 : 1500 + 4000 * random.nextDouble());
        }
        int dead = cards > 1 && random.nextInt(4) == 0 ? random.nextInt(cards) : -1;
        int late = cards > 1 && random.nextInt(4) == 0 ? random.nextInt(cards) : -1;
        double deadFrom = lengthMs * (0.3 + 0.4 * random.nextDouble());
        boolean silently = random.nextBoolean();
        double lateUntil = 5000 + lengthMs * 0.5 * random.nextDouble();
        double missing = random.nextInt(3) == 0 ? 0.02 * random.nextDouble() : random.nextInt(4) == 0 ? 0.1 : 0;
        LogFaults faults = none(cards).holes(from, to).missing(missing);
        if (dead >= 0) {
            faults.failsMs[dead] = deadFrom;
            faults.falling[dead] = silently;
        }
        if (late >= 0) {
            faults.beginsMs[late] = lateUntil;
        }
        return faults;
    }

    /** What an attack does to the log. */
    static LogFaults of(Attack attack, double[] phaseEndsMs, int cards, SplittableRandom random) {
        double length = phaseEndsMs[phaseEndsMs.length - 1];
        LogFaults none = none(cards);
        return switch (attack) {
            case LATE_AND_EARLY -> {
                for (int g = 0; g < (cards + 1) / 2; g++) {
                    none.beginsMs[g] = length * (0.05 + 0.4 * random.nextDouble());
                    none.failsMs[cards - 1 - g] = length * (0.6 + 0.35 * random.nextDouble());
                    none.falling[cards - 1 - g] = true;
                }
                yield none;
            }
            case HOLES -> {
                int holes = 4 + random.nextInt(9);
                double[] from = new double[holes];
                double[] to = new double[holes];
                for (int i = 0; i < holes; i++) {
                    double own = 2000 + 13_000 * random.nextDouble();
                    double edge = phaseEndsMs[random.nextInt(phaseEndsMs.length - 1)];
                    boolean overAStep = i % 3 == 0;
                    from[i] = overAStep ? edge - own * random.nextDouble() : length * random.nextDouble();
                    to[i] = from[i] + own;
                }
                yield none.holes(from, to);
            }
            case MISSING_POLLS -> none.missing(0.1 + 0.3 * random.nextDouble());
            case DEAD_CARDS -> {
                for (int g = 0; g < Math.max(1, cards / 2); g++) {
                    none.failsMs[g] = length * (0.2 + 0.6 * random.nextDouble());
                    none.falling[g] = random.nextBoolean();
                }
                yield none;
            }
            default -> none;
        };
    }

    private LogFaults holes(double[] from, double[] to) {
        return new LogFaults(from, to, beginsMs, failsMs, falling, missing);
    }

    private LogFaults missing(double share) {
        return new LogFaults(silentFromMs, silentToMs, beginsMs, failsMs, falling, share);
    }

    /** Whether anything is wrong at all. */
    boolean any() {
        return missing > 0
                || silentFromMs.length > 0
                || Arrays.stream(beginsMs).anyMatch(begin -> begin > 0)
                || Arrays.stream(failsMs).anyMatch(Double::isFinite);
    }

    /** Whether the log has no reading of any card at this moment. */
    boolean isSilent(double ms) {
        for (int i = 0; i < silentFromMs.length; i++) {
            if (ms >= silentFromMs[i] && ms <= silentToMs[i]) {
                return true;
            }
        }
        return false;
    }

    /** Whether the log has no reading of this card. */
    boolean lacks(int card, double ms) {
        return ms < beginsMs[card] || (hasFailed(card, ms) && falling[card]);
    }

    boolean hasFailed(int card, double ms) {
        return ms >= failsMs[card];
    }
}
