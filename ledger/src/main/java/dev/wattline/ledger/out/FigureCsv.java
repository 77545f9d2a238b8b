package dev.wattline.ledger.out;

import dev.wattline.ledger.figure.FigureContent;
import dev.wattline.ledger.figure.PaperFigure;
import dev.wattline.ledger.figure.PaperFigure.Side;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plotted numbers of a figure as CSV, a row a number or a group of them; the first column tells the side. */
public final class FigureCsv {
    private FigureCsv() {}

    /** Writes a figure, and closes the writer. */
    public static void write(PaperFigure figure, Writer to) throws IOException {
        Side any = figure.published() != null
                ? figure.published()
                : figure.strict() != null ? figure.strict() : figure.logs();
        if (any == null) {
            throw new IllegalArgumentException("figure " + figure.id() + " holds no numbers");
        }
        try (CsvOutput out = new CsvOutput(to, header(any.content()))) {
            rows(out, "published", figure.published());
            rows(out, "strict", figure.strict());
            rows(out, "logs", figure.logs());
        }
    }

    private static String[] header(FigureContent content) {
        List<String> names = new ArrayList<>(List.of("numbers"));
        if (content instanceof FigureContent.Trend) {
            names.addAll(List.of(
                    "series",
                    "version",
                    "date",
                    "n",
                    "raw_max",
                    "running_max",
                    "normalized",
                    "best_id",
                    "best_system",
                    "source"));
        } else if (content instanceof FigureContent.Extremes) {
            names.addAll(List.of(
                    "scale",
                    "n",
                    "dropped",
                    "min_w",
                    "min_id",
                    "min_model",
                    "max_w",
                    "max_id",
                    "max_model",
                    "plotted_max_w"));
        } else if (content instanceof FigureContent.Histogram) {
            names.addAll(List.of("kind", "what", "system", "from", "to", "before", "after", "value", "source"));
        } else if (content instanceof FigureContent.Energies) {
            names.addAll(List.of(
                    "accelerators",
                    "compute_mj",
                    "interconnect_mj",
                    "minutes",
                    "total_low_mj",
                    "total_high_mj",
                    "runs",
                    "source"));
        } else if (content instanceof FigureContent.Workloads) {
            names.addAll(List.of("workload", "scale", "kind", "joules_per_sample", "macs", "source"));
        } else if (content instanceof FigureContent.Groups groups) {
            names.addAll(List.of("version", "id", "system"));
            names.addAll(groups.names());
            names.add("source");
        }
        return names.toArray(String[]::new);
    }

    private static void rows(CsvOutput out, String numbers, @Nullable Side side) {
        if (side == null) {
            return;
        }
        FigureContent content = side.content();
        if (content instanceof FigureContent.Trend trend) {
            trend.series()
                    .forEach(series -> series.points()
                            .forEach(point -> out.row(
                                    numbers,
                                    series.name(),
                                    point.version(),
                                    point.date(),
                                    point.n(),
                                    point.rawMax(),
                                    point.runningMax(),
                                    point.normalized(),
                                    point.bestId(),
                                    point.bestSystem(),
                                    point.source())));
        } else if (content instanceof FigureContent.Extremes extremes) {
            extremes.ranges()
                    .forEach(range -> out.row(
                            numbers,
                            range.scale(),
                            range.n(),
                            range.dropped(),
                            range.min().watts(),
                            range.min().id(),
                            range.min().model(),
                            range.max().watts(),
                            range.max().id(),
                            range.max().model(),
                            range.plottedMax()));
        } else if (content instanceof FigureContent.Histogram histogram) {
            for (int i = 0; i < histogram.counts().size(); i++) {
                out.row(
                        numbers,
                        "bin",
                        null,
                        null,
                        histogram.edges().get(i),
                        histogram.edges().get(i + 1),
                        null,
                        null,
                        histogram.counts().get(i),
                        null);
            }
            histogram
                    .changes()
                    .forEach(change -> out.row(
                            numbers,
                            "change",
                            change.what(),
                            change.system(),
                            change.from(),
                            change.to(),
                            change.before(),
                            change.after(),
                            change.percent(),
                            change.source()));
        } else if (content instanceof FigureContent.Energies energies) {
            energies.sizes()
                    .forEach(size -> out.row(
                            numbers,
                            size.accelerators(),
                            size.computeMJ(),
                            size.interconnectMJ(),
                            size.minutes(),
                            size.lowMJ(),
                            size.highMJ(),
                            size.runs(),
                            size.source()));
        } else if (content instanceof FigureContent.Workloads workloads) {
            workloads
                    .workloads()
                    .forEach(workload -> out.row(
                            numbers,
                            workload.name(),
                            workload.scale(),
                            workload.kind(),
                            workload.joulesPerSample(),
                            workload.macs(),
                            workload.source()));
        } else if (content instanceof FigureContent.Groups groups) {
            groups.groups().forEach(group -> {
                List<@Nullable Object> row =
                        new ArrayList<>(List.of(numbers, group.version(), group.id(), group.system()));
                groups.names().forEach(name -> row.add(group.values().get(name)));
                row.add(group.source());
                out.row(row.toArray());
            });
        }
    }
}
