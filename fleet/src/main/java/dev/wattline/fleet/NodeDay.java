package dev.wattline.fleet;

import dev.wattline.analysis.CardReadings;
import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.SumBudget;
import dev.wattline.analysis.series.PowerSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The cards of a node over a day, one after the other: each card's energy, at the end the node's and that of each job. All
 * numbers come from {@link CardReadings}, {@link PhaseBudget} and {@link SumBudget}.
 */
final class NodeDay {
    /** Rows of cards, nodes and jobs have the same columns; a node's and a job's have no card. */
    static final StructType SCHEMA = new StructType()
            .add("kind", DataTypes.StringType, false)
            .add("date", DataTypes.StringType, false)
            .add("node", DataTypes.StringType, false)
            .add("gpu_uuid", DataTypes.StringType)
            .add("job", DataTypes.StringType)
            .add("cards", DataTypes.IntegerType, false)
            .add("readings", DataTypes.LongType, false)
            .add("from_ms", DataTypes.LongType, false)
            .add("to_ms", DataTypes.LongType, false)
            .add("seconds", DataTypes.DoubleType, false)
            .add("mean_w", DataTypes.DoubleType)
            .add("energy_j", DataTypes.DoubleType)
            .add("half_width_j", DataTypes.DoubleType)
            .add("sampling_half_width_j", DataTypes.DoubleType)
            .add("gaps", DataTypes.LongType, false)
            .add("gap_s", DataTypes.DoubleType, false)
            .add("poll_ms", DataTypes.DoubleType)
            .add("valid", DataTypes.BooleanType, false)
            .add("why", DataTypes.StringType, false);

    private static final int FEWEST = 2;

    private final String date;
    private final String node;
    private final String defaultCard;
    private final String field;
    private final List<Job> jobs;
    private final Consumer<Row> out;
    private final List<Part> day = new ArrayList<>();
    private final List<List<Part>> ofJobs = new ArrayList<>();
    private long gaps;
    private double gapSeconds;

    /** A card's power over an interval. */
    private record Part(PhaseBudget budget, double fromMs, double toMs, long readings) {}

    /**
     * @param defaultCard the cards' name where a card has none
     * @param jobs of this node
     * @param out takes the rows
     */
    NodeDay(String date, String node, String defaultCard, String field, List<Job> jobs, Consumer<Row> out) {
        this.date = date;
        this.node = node;
        this.defaultCard = defaultCard;
        this.field = field;
        this.jobs = List.copyOf(jobs);
        this.out = out;
        jobs.forEach(job -> ofJobs.add(new ArrayList<>()));
    }

    /** Adds a card with all its readings of the day, in any order. */
    void card(String gpu, String name, PowerSeries series) {
        series.sort();
        if (series.size() < FEWEST) {
            out.accept(unknown(gpu, series.size()));
            return;
        }
        CardReadings card = CardReadings.of(series, name.isEmpty() ? defaultCard : name, field);
        Part whole = part(card, card.firstMs(), card.lastMs());
        day.add(whole);
        gaps += card.polls().gaps();
        gapSeconds += card.polls().gapSeconds();
        out.accept(RowFactory.create(
                "card",
                date,
                node,
                gpu,
                null,
                1,
                (long) card.size(),
                (long) whole.fromMs,
                (long) whole.toMs,
                seconds(whole),
                known(whole.budget.powerW()),
                known(whole.budget.powerW() * seconds(whole)),
                known(whole.budget.halfWidth() * seconds(whole)),
                known(whole.budget.samplingHalfWidth() * seconds(whole)),
                card.polls().gaps(),
                card.polls().gapSeconds(),
                card.polls().medianMs(),
                whole.budget.isValid(),
                why(whole.budget.isGiven(), whole.budget.isValid(), card.model().isKnown())));
        for (int i = 0; i < jobs.size(); i++) {
            double from = Math.max((double) jobs.get(i).fromMs(), card.firstMs());
            double to = Math.min((double) jobs.get(i).toMs(), card.lastMs());
            if (to > from) {
                ofJobs.get(i).add(part(card, from, to));
            }
        }
    }

    /** All cards were added: gives the rows of the node and of its jobs. */
    void end() {
        if (!day.isEmpty()) {
            out.accept(sum("node", null, day, gaps, gapSeconds));
        }
        for (int i = 0; i < jobs.size(); i++) {
            if (!ofJobs.get(i).isEmpty()) {
                out.accept(sum("job", jobs.get(i).name(), ofJobs.get(i), 0, 0));
            }
        }
    }

    private static Part part(CardReadings card, double from, double to) {
        PhaseBudget budget = card.over(from, to);
        return new Part(budget, from, to, budget.values());
    }

    /** The cards' energies added up; what has one cause adds linearly, and unseen time is taken to be common to all. */
    private Row sum(String kind, @Nullable String job, List<Part> parts, long holes, double holeSeconds) {
        SumBudget sum = SumBudget.of(parts.stream().map(Part::budget).toList(), true, true);
        double from = parts.stream().mapToDouble(Part::fromMs).min().orElse(0);
        double to = parts.stream().mapToDouble(Part::toMs).max().orElse(0);
        // Cards that were read for less than the others have their own energy; the error is that of the longest.
        double energy = parts.stream()
                .mapToDouble(part -> part.budget.powerW() * seconds(part))
                .sum();
        double seconds = (to - from) / 1e3;
        return RowFactory.create(
                kind,
                date,
                node,
                null,
                job,
                parts.size(),
                parts.stream().mapToLong(Part::readings).sum(),
                (long) from,
                (long) to,
                seconds,
                known(energy / seconds),
                known(energy),
                known(sum.halfWidth() * seconds),
                known(sum.sampling() * seconds),
                holes,
                holeSeconds,
                null,
                sum.isValid(),
                why(sum.isGiven(), sum.isValid(), true));
    }

    private Row unknown(String gpu, long count) {
        return RowFactory.create(
                "card",
                date,
                node,
                gpu,
                null,
                1,
                count,
                0L,
                0L,
                0.0,
                null,
                null,
                null,
                null,
                0L,
                0.0,
                null,
                false,
                "fewer than two readings");
    }

    private static double seconds(Part part) {
        return (part.toMs - part.fromMs) / 1e3;
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static String why(boolean given, boolean valid, boolean sensorKnown) {
        if (!given) {
            return "too few readings for an interval";
        }
        if (!valid) {
            return "holes may hide more than half";
        }
        return sensorKnown ? "" : "the sensor is not known: its widest window is assumed";
    }
}
