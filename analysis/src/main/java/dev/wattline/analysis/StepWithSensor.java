package dev.wattline.analysis;

import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
    private static final int LEAST_VALUES = 4; // of a block
    private static final double LEAST_BLOCK_MS = 2000;
    private static final double LEAST_SWING = 0.03; // of the level: less costs no more than a percent or two
    private static final double SWING_OF_WALL = 2; // times what the wall shows
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
        if (!(here > UNLIKE) || !allWork(table, phase)) {
            return "";
        }
        Span own = table.spans().get(phase);
        double elsewhere = Stats.median(IntStream.range(0, table.spans().size())
                .filter(p -> table.spans().get(p).endMs() <= own.startMs()
                        || table.spans().get(p).startMs() >= own.endMs())
                .mapToDouble(p -> variation(table.budgets(p)))
                .filter(other -> !Double.isNaN(other))
                .toArray());
        return here > UNLIKE_THAN_ELSEWHERE * elsewhere
                ? String.format(
                        Locale.ROOT,
                        "cards that agree to %.0f %% in other phases differ by %.0f %% in this one, as they do under a load"
                                + " in step with their sensors",
                        100 * elsewhere,
                        100 * here)
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

    private static String drift(PhaseTable table, WallSeries wall, Span span) {
        double length = (span.endMs() - span.startMs()) / BLOCKS;
        if (length < LEAST_BLOCK_MS) {
            return "";
        }
        double[] ofWall = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            ofWall[i] = wall.energy(span.startMs() + i * length, span.startMs() + (i + 1) * length)
                    .meanW();
        }
        double swing = 0;
        double chance = 0;
        double level = 0;
        for (Readings card : table.readings()) {
            List<Double> means = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                double[] values = card.inside(span.startMs() + i * length, span.startMs() + (i + 1) * length);
                if (values.length >= LEAST_VALUES) {
                    means.add(Stats.mean(values));
                    int lags = (int) Math.ceil(Math.sqrt(values.length));
                    double s2 = Math.max(Stats.variance(values), Stats.longRunVariance(values, lags));
                    chance += s2 / values.length / BLOCKS;
                }
            }
            if (means.size() == BLOCKS) {
                double[] blocks =
                        means.stream().mapToDouble(Double::doubleValue).toArray();
                swing += Stats.variance(blocks);
                level += Stats.mean(blocks);
            }
        }
        double walls = Stats.variance(ofWall);
        boolean drifts = level > 0
                && Math.sqrt(swing) > LEAST_SWING * level
                && swing > BEYOND_CHANCE * chance
                && swing > SWING_OF_WALL * SWING_OF_WALL * walls;
        return drifts
                ? String.format(
                        Locale.ROOT,
                        "readings drift by %.0f W over the phase and wall power by only %.0f W, as they do under a load"
                                + " nearly in step with the sensors",
                        Math.sqrt(swing),
                        Math.sqrt(walls))
                : "";
    }
}
