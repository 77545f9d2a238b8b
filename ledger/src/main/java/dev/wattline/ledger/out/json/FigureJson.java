package dev.wattline.ledger.out.json;

import dev.wattline.ledger.figure.ChangeStatistics;
import dev.wattline.ledger.figure.FigureContent;
import dev.wattline.ledger.figure.FigureContent.Extreme;
import dev.wattline.ledger.figure.PaperFigure;
import dev.wattline.ledger.figure.PaperFigure.Side;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The numbers of a figure as JSON; {@code docs/ledger.md} describes the keys. */
public final class FigureJson {
    private FigureJson() {}

    /**
     * Writes a figure to a stream, which stays open.
     *
     * @param inputs the files that it was computed from, and their SHA-256
     */
    public static void write(PaperFigure figure, Map<String, String> inputs, OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("figure", figure.id());
            out.writeStringProperty("title", figure.title());
            out.writeStringProperty("definition", figure.definition());
            side(out, "published", figure.published());
            side(out, "strict", figure.strict());
            side(out, "logs", figure.logs());
            out.writeArrayPropertyStart("differences");
            for (PaperFigure.Difference difference : figure.differences()) {
                out.writeRaw('\n');
                out.writeStartObject();
                out.writeStringProperty("row", difference.row());
                LedgerJson.number(out, "published", difference.published());
                LedgerJson.number(out, "strict", difference.strict());
                out.writeStringProperty("why", difference.why());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeObjectPropertyStart("inputs");
            inputs.forEach(out::writeStringProperty);
            out.writeEndObject();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    /**
     * Writes what was drawn to a stream, which stays open.
     *
     * @param folder where the files are
     * @param files of each figure, by its id, relative to the folder
     * @param missing ids of figures whose data the input does not hold
     * @param notices what a reader of the figures should know
     */
    public static void summary(
            String folder,
            List<PaperFigure> figures,
            Map<String, List<String>> files,
            List<String> missing,
            List<String> notices,
            OutputStream to) {
        try (JsonGenerator out = LedgerJson.on(to)) {
            out.writeStartObject();
            out.writeStringProperty("folder", folder);
            out.writeStringProperty("page", "index.html");
            out.writeArrayPropertyStart("figures");
            for (PaperFigure figure : figures) {
                out.writeRaw('\n');
                out.writeStartObject();
                out.writeStringProperty("figure", figure.id());
                out.writeStringProperty("title", figure.title());
                out.writeNumberProperty("differences", figure.differences().size());
                texts(out, "files", files.getOrDefault(figure.id(), List.of()));
                out.writeEndObject();
            }
            out.writeEndArray();
            texts(out, "missing", missing);
            texts(out, "notices", notices);
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    private static void texts(JsonGenerator out, String name, List<String> texts) {
        out.writeArrayPropertyStart(name);
        texts.forEach(out::writeString);
        out.writeEndArray();
    }

    private static void side(JsonGenerator out, String name, @Nullable Side side) {
        if (side == null) {
            out.writeNullProperty(name);
            return;
        }
        out.writeRaw('\n');
        out.writeObjectPropertyStart(name);
        out.writeStringProperty("counts", side.counts());
        content(out, side.content());
        texts(out, "notes", side.notes());
        out.writeArrayPropertyStart("dropped");
        for (PaperFigure.Dropped dropped : side.dropped()) {
            out.writeStartObject();
            out.writeStringProperty("row", dropped.row());
            out.writeStringProperty("reason", dropped.reason());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void content(JsonGenerator out, FigureContent content) {
        if (content instanceof FigureContent.Trend trend) {
            trend(out, trend);
        } else if (content instanceof FigureContent.Extremes extremes) {
            extremes(out, extremes);
        } else if (content instanceof FigureContent.Histogram histogram) {
            histogram(out, histogram);
        } else if (content instanceof FigureContent.Energies energies) {
            energies(out, energies);
        } else if (content instanceof FigureContent.Workloads workloads) {
            workloads(out, workloads);
        } else if (content instanceof FigureContent.Groups groups) {
            groups(out, groups);
        }
    }

    private static void trend(JsonGenerator out, FigureContent.Trend trend) {
        out.writeStringProperty("unit", trend.unit());
        out.writeObjectPropertyStart("series");
        for (FigureContent.Series series : trend.series()) {
            out.writeArrayPropertyStart(series.name());
            for (FigureContent.Point point : series.points()) {
                out.writeRaw('\n');
                out.writeStartObject();
                out.writeStringProperty("version", point.version());
                out.writeStringProperty("date", point.date());
                out.writeNumberProperty("n", point.n());
                LedgerJson.number(out, "raw_max", point.rawMax());
                LedgerJson.number(out, "running_max", point.runningMax());
                LedgerJson.number(out, "normalized", point.normalized());
                out.writeStringProperty("best_id", point.bestId());
                out.writeStringProperty("best_system", point.bestSystem());
                out.writeStringProperty("source", point.source());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void extremes(JsonGenerator out, FigureContent.Extremes extremes) {
        out.writeObjectPropertyStart("scales");
        for (FigureContent.Range range : extremes.ranges()) {
            out.writeRaw('\n');
            out.writeObjectPropertyStart(range.scale());
            out.writeNumberProperty("n", range.n());
            out.writeNumberProperty("dropped", range.dropped());
            extreme(out, "min", range.min());
            extreme(out, "max", range.max());
            LedgerJson.number(out, "plotted_max", range.plottedMax());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void extreme(JsonGenerator out, String name, Extreme extreme) {
        out.writeArrayPropertyStart(name);
        out.writeNumber(extreme.watts());
        out.writeString(extreme.id());
        out.writeString(extreme.model());
        out.writeString(extreme.scenario());
        out.writeString(extreme.source());
        out.writeEndArray();
    }

    private static void histogram(JsonGenerator out, FigureContent.Histogram histogram) {
        ChangeStatistics statistics = histogram.statistics();
        out.writeStringProperty("label", histogram.label());
        out.writeNumberProperty("n", statistics.n());
        numbers(out, "edges", histogram.edges());
        out.writeArrayPropertyStart("bin_counts");
        histogram.counts().forEach(out::writeNumber);
        out.writeEndArray();
        LedgerJson.number(out, "mean", statistics.mean());
        LedgerJson.number(out, "median", statistics.median());
        LedgerJson.number(out, "min", statistics.min());
        LedgerJson.number(out, "max", statistics.max());
        out.writeNumberProperty("negative", statistics.negative());
        LedgerJson.number(out, "share_at_or_above_50_pct", statistics.shareAbove50Percent());
        out.writeObjectPropertyStart("by_version");
        histogram.changes().stream()
                .collect(Collectors.groupingBy(change -> versions(change), TreeMap::new, Collectors.counting()))
                .forEach(out::writeNumberProperty);
        out.writeEndObject();
        out.writeArrayPropertyStart("values");
        for (FigureContent.Change change : histogram.changes()) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeStringProperty("what", change.what());
            out.writeStringProperty("system", change.system());
            out.writeStringProperty("from", change.from());
            out.writeStringProperty("to", change.to());
            LedgerJson.number(out, "before", change.before());
            LedgerJson.number(out, "after", change.after());
            LedgerJson.number(out, "percent", change.percent());
            LedgerJson.number(out, "percent_of_after", 100 * (1 - change.before() / change.after()));
            out.writeStringProperty("source", change.source());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static String versions(FigureContent.Change change) {
        String from = change.from().substring(0, change.from().indexOf(' '));
        String to = change.to().substring(0, change.to().indexOf(' '));
        return from.equals(to) ? from : from + "->" + to;
    }

    private static void numbers(JsonGenerator out, String name, List<Double> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeNumber);
        out.writeEndArray();
    }

    private static void energies(JsonGenerator out, FigureContent.Energies energies) {
        out.writeArrayPropertyStart("sizes");
        for (FigureContent.Training size : energies.sizes()) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeNumberProperty("accelerators", size.accelerators());
            LedgerJson.number(out, "compute_mj", size.computeMJ());
            LedgerJson.number(out, "interconnect_mj", size.interconnectMJ());
            LedgerJson.number(out, "minutes", size.minutes());
            LedgerJson.number(out, "total_low_mj", size.lowMJ());
            LedgerJson.number(out, "total_high_mj", size.highMJ());
            out.writeNumberProperty("runs", size.runs());
            out.writeStringProperty("source", size.source());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void workloads(JsonGenerator out, FigureContent.Workloads workloads) {
        out.writeArrayPropertyStart("workloads");
        for (FigureContent.Workload workload : workloads.workloads()) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeStringProperty("workload", workload.name());
            out.writeStringProperty("scale", workload.scale());
            out.writeStringProperty("kind", workload.kind());
            LedgerJson.number(out, "joules_per_sample", workload.joulesPerSample());
            LedgerJson.number(out, "macs", workload.macs());
            out.writeStringProperty("source", workload.source());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void groups(JsonGenerator out, FigureContent.Groups groups) {
        out.writeArrayPropertyStart("rounds");
        for (FigureContent.Group group : groups.groups()) {
            out.writeRaw('\n');
            out.writeStartObject();
            out.writeStringProperty("version", group.version());
            out.writeStringProperty("id", group.id());
            out.writeStringProperty("system", group.system());
            out.writeObjectPropertyStart("values");
            group.values().forEach((name, value) -> LedgerJson.number(out, name, value));
            out.writeEndObject();
            out.writeStringProperty("source", group.source());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
