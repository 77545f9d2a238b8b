package dev.wattline.report.ledger;

import dev.wattline.charts.Axis;
import dev.wattline.charts.Chart;
import dev.wattline.charts.Layer;
import dev.wattline.ledger.figure.FigureContent;
import dev.wattline.ledger.figure.PaperFigure;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.report.page.Numbers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Draws the sides of a figure. All sides of one figure have the same axes, so that they can be compared. Not for use by
 * several threads.
 */
public final class FigureCharts {
    private static final int DIGITS = 4;
    private static final int MANY_ROUNDS = 8; // names of more of them do not fit side by side
    private static final double MONTH = 30 * 86_400.0;
    private static final double HALF_BAR = 0.34;
    private static final double GAP = 0.02;

    private final PaperFigure figure;

    public FigureCharts(PaperFigure figure) {
        this.figure = figure;
    }

    /** The chart of a side; its content must have at least one value. */
    public Chart chart(Side side) {
        FigureContent content = side.content();
        if (content instanceof FigureContent.Trend trend) {
            return trend(trend);
        } else if (content instanceof FigureContent.Extremes extremes) {
            return extremes(extremes);
        } else if (content instanceof FigureContent.Histogram histogram) {
            return histogram(histogram);
        } else if (content instanceof FigureContent.Energies energies) {
            return energies(energies);
        } else if (content instanceof FigureContent.Workloads workloads) {
            return workloads(workloads);
        } else if (content instanceof FigureContent.Groups groups) {
            return groups(groups);
        }
        throw new IllegalStateException("content of an unknown kind: " + content);
    }

    private <C extends FigureContent> List<C> all(Class<C> kind) {
        return Stream.of(figure.published(), figure.strict(), figure.logs())
                .filter(side -> side != null && kind.isInstance(side.content()))
                .map(side -> kind.cast(java.util.Objects.requireNonNull(side).content()))
                .toList();
    }

    private static String role(int index) {
        return "c" + index % 8;
    }

    private Chart trend(FigureContent.Trend trend) {
        List<FigureContent.Point> points = all(FigureContent.Trend.class).stream()
                .flatMap(each -> each.series().stream())
                .flatMap(series -> series.points().stream())
                .filter(point -> !point.date().isEmpty())
                .toList();
        double from = min(points, point -> seconds(point.date())) - MONTH;
        double to = max(points, point -> seconds(point.date())) + MONTH;
        Map<String, Axis.Mark> rounds = new TreeMap<>();
        points.forEach(point -> rounds.put(point.date(), new Axis.Mark(seconds(point.date()), point.version())));
        double top = max(points, FigureContent.Point::normalized);
        boolean years = figure.id().equals("1");
        boolean log = years || top > 20;
        Axis y = years
                ? Axis.log("performance, times the first", 1, 64).marked(powersOfTwo())
                : log
                        ? Axis.log("efficiency, times the first", 1, top * 1.3)
                        : Axis.linear("efficiency, times the first", 1, top * 1.05);
        Chart chart = new Chart(
                        new Axis("round, at its date", Axis.Kind.TIME, from, to, List.copyOf(rounds.values())), y)
                .height(280);
        if (rounds.size() > MANY_ROUNDS) {
            chart.slanted();
        }
        List<String> names = all(FigureContent.Trend.class).stream()
                .flatMap(each -> each.series().stream())
                .map(FigureContent.Series::name)
                .distinct()
                .toList();
        for (FigureContent.Series series : trend.series()) {
            String role = role(names.indexOf(series.name()));
            List<Layer.Point> line = series.points().stream()
                    .filter(point -> !point.date().isEmpty())
                    .map(point -> new Layer.Point(
                            seconds(point.date()),
                            point.normalized(),
                            series.name() + " " + point.version() + ": " + Numbers.digits(point.normalized(), DIGITS)
                                    + (point.bestId().isEmpty() ? "" : ", round's best " + point.bestId())))
                    .toList();
            chart.add(new Layer.Line(series.name(), role, line)).add(new Layer.Dots(role, line));
            chart.lineKey(series.name(), role);
        }
        return chart;
    }

    private static List<Axis.Mark> powersOfTwo() {
        return Stream.of(1, 2, 4, 8, 16, 32, 64)
                .map(value -> new Axis.Mark(value, String.valueOf(value)))
                .toList();
    }

    private static double seconds(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    private static <T> double min(List<T> values, ToDoubleFunction<T> of) {
        return values.stream().mapToDouble(of).min().orElse(0);
    }

    private static <T> double max(List<T> values, ToDoubleFunction<T> of) {
        return values.stream().mapToDouble(of).max().orElse(1);
    }

    private Chart extremes(FigureContent.Extremes extremes) {
        // What stands beside the drawn ranges has a name of several words.
        List<FigureContent.Range> ranges = extremes.ranges().stream()
                .filter(range -> !range.scale().contains("_"))
                .toList();
        Chart chart = new Chart(
                        Axis.names(
                                "scale",
                                ranges.stream().map(FigureContent.Range::scale).toList()),
                        Axis.log("power, W", 1e-3, 1e6))
                .height(280);
        List<Layer.Bar> least = new ArrayList<>();
        List<Layer.Bar> greatest = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            FigureContent.Range range = ranges.get(i);
            least.add(new Layer.Bar(
                    i - HALF_BAR,
                    i - GAP,
                    0,
                    range.min().watts(),
                    watts(range.min().watts()) + ", " + range.min().id()));
            greatest.add(new Layer.Bar(
                    i + GAP,
                    i + HALF_BAR,
                    0,
                    range.plottedMax(),
                    watts(range.plottedMax()) + ", " + range.max().id()));
        }
        return chart.add(new Layer.Bars("c0", least))
                .add(new Layer.Bars("c1", greatest))
                .barKey("least", "c0")
                .barKey("greatest", "c1");
    }

    private static String watts(double watts) {
        return watts < 1 ? Numbers.digits(watts * 1e3, DIGITS) + " mW" : Numbers.digits(watts, DIGITS) + " W";
    }

    private Chart histogram(FigureContent.Histogram histogram) {
        List<FigureContent.Histogram> sides = all(FigureContent.Histogram.class);
        double low = min(sides, side -> side.edges().get(0));
        double high = max(sides, side -> side.edges().get(side.edges().size() - 1));
        double top = max(
                sides,
                side -> side.counts().stream().mapToInt(Integer::intValue).max().orElse(1));
        List<Layer.Bar> bars = new ArrayList<>();
        for (int i = 0; i < histogram.counts().size(); i++) {
            bars.add(new Layer.Bar(
                    histogram.edges().get(i),
                    histogram.edges().get(i + 1),
                    0,
                    histogram.counts().get(i),
                    histogram.counts().get(i) + " from "
                            + Numbers.fixed(histogram.edges().get(i), 1) + " to "
                            + Numbers.fixed(histogram.edges().get(i + 1), 1) + " %"));
        }
        double median = histogram.statistics().median();
        return new Chart(Axis.linear(histogram.label(), low, high), Axis.linear("number", 0, top * 1.1))
                .height(240)
                .add(new Layer.Bars("c0 edged", bars))
                .add(new Layer.Mark(median, "median " + Numbers.fixed(median, 1) + " %"));
    }

    private Chart energies(FigureContent.Energies energies) {
        List<FigureContent.Training> every = all(FigureContent.Energies.class).stream()
                .flatMap(side -> side.sizes().stream())
                .toList();
        double top = max(every, size -> Math.max(size.computeMJ() + size.interconnectMJ(), high(size)));
        double minutes = max(every, FigureContent.Training::minutes);
        List<FigureContent.Training> sizes = energies.sizes();
        Chart chart = new Chart(
                        Axis.names(
                                "accelerators",
                                sizes.stream()
                                        .map(size -> String.valueOf(size.accelerators()))
                                        .toList()),
                        Axis.linear("energy, MJ", 0, top))
                .second(Axis.linear("time to train, min", 0, minutes))
                .height(280);
        List<Layer.Bar> compute = new ArrayList<>();
        List<Layer.Bar> interconnect = new ArrayList<>();
        List<Layer.Span> spans = new ArrayList<>();
        List<Layer.Point> times = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            FigureContent.Training size = sizes.get(i);
            double total = size.computeMJ() + size.interconnectMJ();
            compute.add(new Layer.Bar(
                    i - HALF_BAR, i + HALF_BAR, 0, size.computeMJ(), "nodes " + megajoules(size.computeMJ())));
            interconnect.add(new Layer.Bar(
                    i - HALF_BAR,
                    i + HALF_BAR,
                    size.computeMJ(),
                    total,
                    "switches " + megajoules(size.interconnectMJ()) + ", estimated"));
            if (size.lowMJ() != null && size.highMJ() != null) {
                spans.add(new Layer.Span(i, size.lowMJ(), size.highMJ()));
            }
            times.add(new Layer.Point(i, size.minutes(), Numbers.digits(size.minutes(), DIGITS) + " min"));
        }
        chart.add(new Layer.Bars("c0", compute))
                .add(new Layer.Bars("c2", interconnect))
                .add(new Layer.Whiskers(spans, 0.08))
                .addToSecond(new Layer.Line("time to train", "c1", times))
                .addToSecond(new Layer.Dots("c1", times))
                .barKey("nodes", "c0")
                .barKey("switches (estimate)", "c2")
                .lineKey("time to train (right)", "c1");
        return chart;
    }

    private static double high(FigureContent.Training size) {
        Double high = size.highMJ();
        return high == null ? 0 : high;
    }

    private static String megajoules(double value) {
        return Numbers.digits(value, DIGITS) + " MJ";
    }

    private Chart workloads(FigureContent.Workloads content) {
        List<FigureContent.Workload> sorted = content.workloads().stream()
                .sorted((one, other) -> {
                    int scale = one.scale().compareTo(other.scale());
                    return scale != 0 ? scale : Double.compare(other.joulesPerSample(), one.joulesPerSample());
                })
                .toList();
        List<FigureContent.Workload> every = all(FigureContent.Workloads.class).stream()
                .flatMap(side -> side.workloads().stream())
                .toList();
        double least = decade(min(every, FigureContent.Workload::joulesPerSample)) / 10;
        double most = decade(max(every, FigureContent.Workload::joulesPerSample)) * 10;
        Chart chart = new Chart(
                        Axis.names(
                                "",
                                sorted.stream()
                                        .map(FigureContent.Workload::name)
                                        .toList()),
                        Axis.log("energy of a sample, J", least, most))
                .second(Axis.log(
                        "operations of a sample, MAC",
                        decade(min(every, FigureContent.Workload::macs)),
                        decade(max(every, FigureContent.Workload::macs)) * 10))
                .height(290)
                .slanted();
        Map<String, List<Layer.Bar>> bars = new LinkedHashMap<>();
        List<Layer.Point> macs = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            FigureContent.Workload workload = sorted.get(i);
            bars.computeIfAbsent(workload.scale(), scale -> new ArrayList<>())
                    .add(new Layer.Bar(
                            i - HALF_BAR,
                            i + HALF_BAR,
                            0,
                            workload.joulesPerSample(),
                            workload.name() + ": " + Numbers.digits(workload.joulesPerSample(), DIGITS) + " J, "
                                    + workload.kind()));
            macs.add(new Layer.Point(i, workload.macs(), Numbers.digits(workload.macs(), DIGITS) + " MAC"));
        }
        bars.forEach((scale, list) -> {
            String role = scale.equals("Tiny") ? "c1" : "c0";
            chart.add(new Layer.Bars(role, list)).barKey(scale, role);
        });
        return chart.addToSecond(new Layer.Line("operations", "c2", macs))
                .addToSecond(new Layer.Dots("c2", macs))
                .lineKey("operations (right)", "c2");
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }

    private Chart groups(FigureContent.Groups groups) {
        double top = all(FigureContent.Groups.class).stream()
                .flatMap(side -> side.groups().stream())
                .flatMapToDouble(group -> group.values().values().stream().mapToDouble(Double::doubleValue))
                .max()
                .orElse(1);
        Chart chart = new Chart(
                        Axis.names(
                                "round",
                                groups.groups().stream()
                                        .map(FigureContent.Group::version)
                                        .toList()),
                        Axis.linear("times " + (figure.id().equals("9") ? "BERT-99" : "the first round"), 0, top))
                .height(250);
        int count = groups.names().size();
        double width = 2 * HALF_BAR / count;
        for (int k = 0; k < count; k++) {
            String name = groups.names().get(k);
            List<Layer.Bar> bars = new ArrayList<>();
            for (int i = 0; i < groups.groups().size(); i++) {
                FigureContent.Group group = groups.groups().get(i);
                double value = group.values().getOrDefault(name, Double.NaN);
                double from = i - HALF_BAR + k * width;
                bars.add(new Layer.Bar(
                        from,
                        from + width - GAP,
                        0,
                        value,
                        name + " " + group.version() + ": " + Numbers.digits(value, DIGITS)));
            }
            chart.add(new Layer.Bars(role(k), bars)).barKey(name, role(k));
        }
        if (top > 1) {
            chart.add(new Layer.Level(1, ""));
        }
        return chart;
    }
}
