package dev.wattline.analysis.statement;

import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.SumBudget;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.series.WallEnergy;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the analyzer contradicts what the readings say of the GPUs' power, and what it allows instead. Wall power rises by
 * more than the GPUs' does, since no supply is without loss, and by little more unless the rest of the machine follows them.
 *
 * <p>For each phase the rise of wall power from the quietest phase bounds that of the GPUs: at most 97 % of it, the best
 * supply; at least {@code 0.90 / 1.06} of it, an ordinary supply with CPU and fans following by up to 6 %, less what the rest
 * of the machine rises by in another phase. Where the stated interval lies outside of these bounds it is widened to reach
 * over both. So it is where the slope over all of the run excludes the gain that is assumed. Immutable.
 */
public final class WallEvidence {
    /** Watts of the GPUs for a watt at the wall: the best supply, and nothing else that follows. */
    static final double MOST_OF_WALL = 0.97;

    /** The same of an ordinary supply, with CPU and fans following by up to 6 %. */
    static final double LEAST_OF_WALL = 0.90 / 1.06;

    private static final double LIKELY_OF_WALL = 0.95;
    private static final double LEAST_SECONDS = 5;
    private static final double COVERED = 0.98;
    private static final double LOWER = 0.7; // of a phase's rise: another phase of the machine

    private static final String ALIAS =
            "the analyzer lacks an oscillation that the readings show, which proves an alias";
    private static final String SLOPE =
            "the slope of wall power contradicts the gain of the cards, and the interval reaches over both";

    private final List<Allowed> byPhase;
    private final boolean seesAll;

    /**
     * What the wall allows where it contradicts the readings.
     *
     * @param sumW power of all GPUs in W; {@link Interval#NONE} where nothing is contradicted
     * @param reason what contradicts what; empty where nothing does
     * @param aliased whether the load repeats in step with the sensors, so that nothing is known of a single card
     * @param alike whether it does so in a part of the phase, so that a card may have drawn what all did on average
     */
    record Allowed(Interval sumW, String reason, boolean aliased, boolean alike) {
        static final Allowed ALL = new Allowed(Interval.NONE, "", false, false);

        Allowed(Interval sumW, String reason, boolean aliased) {
            this(sumW, reason, aliased, false);
        }

        boolean contradicts() {
            return !reason.isEmpty();
        }
    }

    private WallEvidence(List<Allowed> byPhase, boolean seesAll) {
        this.byPhase = byPhase;
        this.seesAll = seesAll;
    }

    /**
     * @param gains gains that the slope over the run allows where it excludes the assumed one
     * @param assumedGain the mean of the cards' gains
     * @param proven phase over which the analyzer proves an alias, -1 if there is none
     */
    public static WallEvidence of(
            @Nullable WallSeries wall,
            @Nullable PreparedTelemetry telemetry,
            PhaseTable table,
            Interval gains,
            double assumedGain,
            int proven) {
        int phases = table.spans().size();
        if (telemetry == null || !telemetry.unplaced().isEmpty()) {
            return new WallEvidence(
                    IntStream.range(0, phases).mapToObj(p -> Allowed.ALL).toList(), true);
        }
        boolean seesAll = telemetry.gpus().stream()
                .allMatch(gpu -> gpu.model().coverage(gpu.polls().medianMs()) >= 1);
        List<Level> levels = wall == null ? List.of() : levels(wall, table);
        List<Allowed> allowed = new ArrayList<>();
        for (int p = 0; p < phases; p++) {
            String aliased = seesAll ? "" : p == proven ? ALIAS : StepWithSensor.evidence(table, wall, p);
            String inPart = seesAll || !aliased.isEmpty() ? "" : StepWithSensor.evidenceInPart(table, p);
            Allowed own = inPart.isEmpty()
                    ? ofPhase(levels, p, aliased)
                    : new Allowed(ofPhase(levels, p, inPart).sumW(), inPart, false, true);
            SumBudget sum = table.sum(p);
            if (gains.isKnown() && sum.isGiven()) {
                Interval byGain = gains.times(1 / assumedGain);
                Interval ofSlope = new Interval(sum.powerW() / byGain.high(), sum.powerW() / byGain.low());
                own = new Allowed(
                        own.aliased() && !own.sumW().isKnown() ? Interval.NONE : hull(own.sumW(), ofSlope),
                        own.contradicts() ? own.reason() : SLOPE,
                        own.aliased(),
                        own.alike());
            }
            allowed.add(own);
        }
        return new WallEvidence(allowed, seesAll);
    }

    /**
     * Levels of one phase in W.
     *
     * @param phase its position
     * @param wall interval of wall power
     * @param gpus stated interval of the GPUs' power
     */
    private record Level(int phase, Interval wall, Interval gpus) {
        double wallW() {
            return (wall.low() + wall.high()) / 2;
        }

        double gpusW() {
            return (gpus.low() + gpus.high()) / 2;
        }
    }

    private static List<Level> levels(WallSeries wall, PhaseTable table) {
        List<Level> levels = new ArrayList<>();
        for (int p = 0; p < table.spans().size(); p++) {
            Span span = table.spans().get(p);
            SumBudget sum = table.sum(p);
            WallEnergy energy = wall.energy(span.startMs(), span.endMs());
            boolean usable = sum.isValid()
                    && !Double.isNaN(sum.halfWidth())
                    && span.seconds() >= LEAST_SECONDS
                    && energy.isKnown()
                    && energy.coveredS() >= COVERED * span.seconds()
                    && !span.name().equals("transition");
            if (usable) {
                levels.add(new Level(p, energy.intervalW(), Interval.around(sum.powerW(), sum.halfWidth())));
            }
        }
        return levels;
    }

    private static Allowed ofPhase(List<Level> levels, int phase, String aliased) {
        Level own = levels.stream()
                .filter(level -> level.phase() == phase)
                .findFirst()
                .orElse(null);
        Level quiet = levels.stream()
                .min((one, other) -> Double.compare(one.wallW(), other.wallW()))
                .orElse(null);
        if (own == null || quiet == null || own.phase() == quiet.phase()) {
            return new Allowed(Interval.NONE, aliased, !aliased.isEmpty());
        }
        double rise = own.wall().high() - quiet.wall().low();
        double leastRise = own.wall().low() - quiet.wall().high();
        // Phases of about the same wall power may err as this one does: they tell nothing of the rest of the machine.
        double rest = levels.stream()
                .filter(level -> level.wallW() - quiet.wallW() < LOWER * (own.wallW() - quiet.wallW()))
                .mapToDouble(level -> LIKELY_OF_WALL * (level.wallW() - quiet.wallW()) - level.gpusW() + quiet.gpusW())
                .max()
                .orElse(0);
        double most = quiet.gpus().high() + Math.max(0, MOST_OF_WALL * rise);
        double least = Math.max(0, quiet.gpus().low() + Math.max(0, LEAST_OF_WALL * leastRise - Math.max(0, rest)));
        Interval bounds = new Interval(Math.min(least, most), most);
        if (!aliased.isEmpty()) {
            return new Allowed(bounds, aliased, true);
        }
        if (own.gpus().low() > most) {
            return new Allowed(
                    bounds,
                    String.format(
                            Locale.ROOT,
                            "the readings rise by %.0f W from the quietest phase and wall power by only %.0f W, which no"
                                    + " supply can do",
                            own.gpusW() - quiet.gpusW(),
                            own.wallW() - quiet.wallW()),
                    false);
        }
        if (own.gpus().high() < least) {
            return new Allowed(
                    bounds,
                    String.format(
                            Locale.ROOT,
                            "wall power rises by %.0f W from the quietest phase and the readings by only %.0f W, more than"
                                    + " supply, fans and the rest of the machine explain",
                            own.wallW() - quiet.wallW(),
                            own.gpusW() - quiet.gpusW()),
                    false);
        }
        return Allowed.ALL;
    }

    private static Interval hull(Interval one, Interval other) {
        if (!one.isKnown() || !other.isKnown()) {
            return one.isKnown() ? one : other;
        }
        return new Interval(Math.min(one.low(), other.low()), Math.max(one.high(), other.high()));
    }

    public Allowed of(int phase) {
        return byPhase.get(phase);
    }

    /**
     * The interval of the GPUs' sum in W: the stated one, and what the wall allows where it contradicts that;
     * {@link Interval#NONE} where an alias leaves none.
     */
    Interval sumW(int phase, SumBudget sum) {
        Allowed allowed = byPhase.get(phase);
        return allowed.aliased() && !allowed.sumW().isKnown()
                ? Interval.NONE
                : hull(
                        Interval.around(sum.powerW(), sum.halfWidth()),
                        byPhase.get(phase).sumW());
    }

    /**
     * The same of one GPU. A gain is wrong on each card alike; what sensors miss that see part of the time may all be one
     * card's. {@link Interval#NONE} where the load is in step with the sensors.
     */
    Interval cardW(int phase, PhaseBudget card, SumBudget sum, int cards) {
        if (byPhase.get(phase).aliased()) {
            return Interval.NONE;
        }
        Interval own = Interval.around(card.powerW(), card.halfWidth());
        Interval stated = Interval.around(sum.powerW(), sum.halfWidth());
        Interval wide = sumW(phase, sum);
        if (byPhase.get(phase).alike()) {
            return hull(own, wide.times(1.0 / cards));
        }
        double share = seesAll ? card.powerW() / sum.powerW() : 1;
        return byPhase.get(phase).sumW().isKnown()
                ? new Interval(
                        Math.max(0, own.low() - share * (stated.low() - wide.low())),
                        own.high() + share * (wide.high() - stated.high()))
                : own;
    }
}
