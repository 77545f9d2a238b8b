package dev.wattline.analysis.statement;

import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Signs that a load repeats in step with sensors that see part of the time: cards that agree in other phases read unlike
 * levels in one, as each meets another part of the period; or readings drift slowly while wall power does not, as the load
 * is a little out of step.
 */
final class StepWithSensor {
    private static final double UNLIKE = 0.12; // coefficient of variation over the cards
    private static final double UNLIKE_THAN_ELSEWHERE = 2;
    private static final double WORKS = 1.15; // of a card's quietest phase
    private static final int BLOCKS = 8;
    private static final int LEAST_BLOCKS = 4;
    private static final int LEAST_VALUES = 3; // of a block
    private static final double STEPS_OF_BLOCK = 4;
    private static final double LEAST_PART = 0.25; // of a phase
    private static final int LEAST_UNLIKE = 2; // blocks
    private static final double LEAST_BLOCK_MS = 2000;
    private static final double LEAST_SWING = 0.03; // of the level: less costs no more than a percent or two
    private static final double SWING_OF_WALL = 2; // times what the wall shows
    private static final double LEAST_SLOPE = 0.5; // of wall power over the readings; any supply gives more than 1
    private static final double BEYOND_CHANCE = 3; // times the variance that sampling gives block means

    private StepWithSensor() {}

    /** What shows it in a phase; empty where nothing does. */
    static String evidence(PhaseTable table, @Nullable WallSeries wall, int phase) {
        String unlike = unlike(table, phase);
        return unlike.isEmpty() && wall != null
                ? drift(table, wall, table.spans().get(phase))
                : unlike;
    }

    private static String unlike(PhaseTable table, int phase) {
        double here = variation(table.budgets(phase));
        double elsewhere = elsewhere(table, phase);
        return here > UNLIKE && here > UNLIKE_THAN_ELSEWHERE * elsewhere && allWork(table, phase)
                ? String.format(
                        Locale.ROOT,
                        "cards that agree to %.0f %% in other phases differ by %.0f %% in this one, as they do under a load"
                                + " in step with their sensors",
                        100 * elsewhere,
                        100 * here)
                : "";
    }

    /** By how much cards differ in the phases that do not overlap with this one. */
    private static double elsewhere(PhaseTable table, int phase) {
        Span own = table.spans().get(phase);
        return Stats.median(IntStream.range(0, table.spans().size())
                .filter(p -> table.spans().get(p).endMs() <= own.startMs()
                        || table.spans().get(p).startMs() >= own.endMs())
                .mapToDouble(p -> variation(table.budgets(p)))
                .filter(other -> !Double.isNaN(other))
                .toArray());
    }

    /**
     * What shows that cards are in step in a part of a phase, which the rest of it hides: in a quarter of it or more they
     * differ by more than in other phases, and by more than their readings scatter. Empty where nothing does.
     */
    static String evidenceInPart(PhaseTable table, int phase) {
        Blocks blocks = Blocks.of(table, table.spans().get(phase));
        int n = blocks.cards().length;
        double elsewhere = elsewhere(table, phase);
        double most = 0;
        int unlike = 0;
        for (int b = 0; n > 1 && b < blocks.count(); b++) {
            double[] watts = new double[n];
            double chance = 0;
            for (int k = 0; k < n; k++) {
                PhaseBudget card = table.budgets(phase).get(blocks.cards()[k]);
                double gain = card.reportedW() / card.powerW(); // near enough: the offset is small beside the level
                watts[k] = blocks.meanW()[k][b] / gain;
                chance += blocks.chanceW2()[k][b] / (gain * gain) / n;
            }
            double variation = Stats.sd(watts) / Stats.mean(watts);
            boolean byChance = Stats.variance(watts) <= blocks.critical(n - 1, n * (blocks.values() - 1.0)) * chance;
            if (variation > UNLIKE && variation > UNLIKE_THAN_ELSEWHERE * elsewhere && !byChance) {
                unlike++;
                most = Math.max(most, variation);
            }
        }
        return unlike >= Math.max(LEAST_UNLIKE, LEAST_PART * blocks.count()) && allWork(table, phase)
                ? String.format(
                        Locale.ROOT,
                        "cards that agree to %.0f %% in other phases differ by up to %.0f %% in a part of this one, as they"
                                + " do under a load in step with their sensors",
                        100 * elsewhere,
                        100 * most)
                : "";
    }

    /** Whether every card draws clearly more than in its quietest phase: cards without work differ from those with. */
    private static boolean allWork(PhaseTable table, int phase) {
        for (int g = 0; g < table.readings().size(); g++) {
            int card = g;
            double quietest = IntStream.range(0, table.spans().size())
                    .mapToObj(p -> table.budgets(p).get(card))
                    .filter(PhaseBudget::isValid)
                    .mapToDouble(PhaseBudget::powerW)
                    .min()
                    .orElse(Double.NaN);
            PhaseBudget here = table.budgets(phase).get(g);
            if (here.isValid() && !(here.powerW() > WORKS * quietest)) {
                return false;
            }
        }
        return true;
    }

    private static double variation(List<PhaseBudget> cards) {
        double[] watts = cards.stream()
                .filter(PhaseBudget::isValid)
                .mapToDouble(PhaseBudget::powerW)
                .toArray();
        return watts.length < 2 ? Double.NaN : Stats.sd(watts) / Stats.mean(watts);
    }

    /** Readings that change slowly, by more than chance and by more than wall power, which does not follow them. */
    private static String drift(PhaseTable table, WallSeries wall, Span span) {
        Blocks blocks = Blocks.of(table, span);
        int n = blocks.count();
        if (n < LEAST_BLOCKS) {
            return "";
        }
        double[] ofWall = new double[n];
        double[] ofCards = new double[n];
        for (int b = 0; b < n; b++) {
            ofWall[b] = wall.energy(blocks.beginMs(b), blocks.beginMs(b + 1)).meanW();
        }
        double swing = 0;
        double chance = 0;
        for (int g = 0; g < blocks.meanW().length; g++) {
            swing += Stats.variance(blocks.meanW()[g]);
            chance += Stats.mean(blocks.chanceW2()[g]);
            for (int b = 0; b < n; b++) {
                ofCards[b] += blocks.meanW()[g][b];
            }
        }
        double level = Stats.mean(ofCards);
        double walls = Stats.variance(ofWall);
        double freedom = blocks.meanW().length * (double) n * (blocks.values() - 1);
        boolean eachDrifts = n == BLOCKS
                && Math.sqrt(swing) > LEAST_SWING * level
                && swing > BEYOND_CHANCE * chance
                && swing > SWING_OF_WALL * SWING_OF_WALL * walls;
        double sum = Stats.variance(ofCards);
        boolean sumDrifts = Math.sqrt(sum) > LEAST_SWING * level
                && sum > Math.max(BEYOND_CHANCE, blocks.critical(n - 1, freedom)) * chance
                && mostSlope(ofCards, ofWall) < LEAST_SLOPE;
        return eachDrifts || sumDrifts
                ? String.format(
                        Locale.ROOT,
                        "readings drift by %.0f W over the phase and wall power by only %.0f W%s, as they do under a load"
                                + " nearly in step with the sensors",
                        Math.sqrt(eachDrifts ? swing : sum),
                        Math.sqrt(walls),
                        eachDrifts ? "" : " that does not follow them")
                : "";
    }

    /** By how many watts wall power rises at most for a watt of the readings: no supply can give less than 1. */
    private static double mostSlope(double[] cards, double[] wall) {
        int n = cards.length;
        double middle = Stats.mean(cards);
        double level = Stats.mean(wall);
        double squares = 0;
        double product = 0;
        for (int b = 0; b < n; b++) {
            squares += (cards[b] - middle) * (cards[b] - middle);
            product += (cards[b] - middle) * (wall[b] - level);
        }
        double slope = product / squares;
        double rest = 0;
        for (int b = 0; b < n; b++) {
            double residual = wall[b] - level - slope * (cards[b] - middle);
            rest += residual * residual;
        }
        double t = new TDistribution(n - 2).inverseCumulativeProbability(0.99);
        return slope + t * Math.sqrt(rest / (n - 2) / squares);
    }

    /**
     * A phase in blocks of equal length, and the cards that have some readings in each.
     *
     * @param fromMs begin in ms since the epoch
     * @param lengthMs length of a block in ms
     * @param count number of blocks; 0 where the phase is too short or every card has too few readings
     * @param values least number of a card's readings in a block
     * @param cards positions of the cards
     * @param meanW mean reading by card and block in W
     * @param chanceW2 variance that the scatter of the readings gives that mean, in W²
     */
    @SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
    private record Blocks(
            double fromMs, double lengthMs, int count, int values, int[] cards, double[][] meanW, double[][] chanceW2) {
        private static final Blocks NONE = new Blocks(0, 0, 0, 0, new int[0], new double[0][0], new double[0][0]);

        static Blocks of(PhaseTable table, Span span) {
            double step = table.readings().stream()
                    .mapToDouble(Readings::stepMs)
                    .max()
                    .orElse(Double.NaN);
            double least = Math.max(LEAST_BLOCK_MS, STEPS_OF_BLOCK * step);
            int count = (int) Math.min(BLOCKS, Math.floor(1000 * span.seconds() / least));
            if (count < LEAST_BLOCKS) {
                return NONE;
            }
            double length = 1000 * span.seconds() / count;
            List<double[]> means = new ArrayList<>();
            List<double[]> chances = new ArrayList<>();
            List<Integer> cards = new ArrayList<>();
            int fewest = Integer.MAX_VALUE;
            for (int g = 0; g < table.readings().size(); g++) {
                double[] mean = new double[count];
                double[] chance = new double[count];
                int own = Integer.MAX_VALUE;
                for (int b = 0; b < count; b++) {
                    double from = span.startMs() + b * length;
                    double[] values = table.readings().get(g).inside(from, from + length);
                    int lags = (int) Math.ceil(Math.sqrt(values.length));
                    own = Math.min(own, values.length);
                    mean[b] = Stats.mean(values);
                    chance[b] = Math.max(Stats.variance(values), Stats.longRunVariance(values, lags)) / values.length;
                }
                if (own >= LEAST_VALUES) {
                    means.add(mean);
                    chances.add(chance);
                    cards.add(g);
                    fewest = Math.min(fewest, own);
                }
            }
            return cards.isEmpty()
                    ? NONE
                    : new Blocks(
                            span.startMs(),
                            length,
                            count,
                            fewest,
                            cards.stream().mapToInt(Integer::intValue).toArray(),
                            means.toArray(new double[0][]),
                            chances.toArray(new double[0][]));
        }

        double beginMs(int block) {
            return fromMs + block * lengthMs;
        }

        /** What the ratio of two variances exceeds in one case of a thousand. */
        double critical(double freedom, double freedomOfChance) {
            return new FDistribution(freedom, freedomOfChance).inverseCumulativeProbability(0.999);
        }
    }
}
