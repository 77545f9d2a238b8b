package dev.wattline.ledger.figure;

import dev.wattline.ledger.figure.FigureContent.Extreme;
import dev.wattline.ledger.figure.FigureContent.Extremes;
import dev.wattline.ledger.figure.FigureContent.Range;
import dev.wattline.ledger.figure.PaperFigure.Difference;
import dev.wattline.ledger.figure.PaperFigure.Dropped;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.ledger.row.MeasureUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Figure 2: the least and the greatest power of the four scales. */
final class ExtremesFigure {
    /** What the paper's script draws as the greatest power of a datacenter if the data's own is below it, W. */
    private static final double CONSTANT_WATTS = 6280.2;

    private static final List<String> TINY_MODELS = List.of("mobilenetv1(0.25x)", "resnetv1", "dscnn", "fcautoencoder");
    private static final double MICROWATT_PER_WATT = 1000; // uJ over ms are mW

    private final FigureSources sources;

    private record Power(double watts, Value value) {}

    ExtremesFigure(FigureSources sources) {
        this.sources = sources;
    }

    PaperFigure figure() {
        List<Range> published = new ArrayList<>();
        List<Range> strict = new ArrayList<>();
        List<Dropped> lost = new ArrayList<>();
        add(published, "Tiny", publishedTiny(), 0);
        List<Power> edge = watts(sources.paper("edge"), true, false);
        add(published, "Edge", edge, 0);
        List<Value> paper = sources.paper("datacenter");
        paper.stream()
                .filter(value -> value.isWatts() && value.offline() && value.hasComma())
                .forEach(value -> lost.add(new Dropped(
                        value.where() + ": " + value.measure().text(), "the script does not read thousands commas")));
        List<Power> datacenter = watts(paper, true, false);
        add(published, "Datacenter", datacenter, lost.size());
        List<Power> training = training();
        add(published, "Training", training, 0);
        int drawn = published.size();
        add(published, "Datacenter_all_scenarios_commas_parsed", watts(paper, false, true), 0);
        add(published, "Edge_commas_parsed", watts(sources.paper("edge"), true, true), 0);
        published.replaceAll(range -> range.scale().equals("Datacenter")
                ? new Range(
                        range.scale(),
                        range.n(),
                        range.dropped(),
                        range.min(),
                        range.max(),
                        Math.max(range.plottedMax(), CONSTANT_WATTS))
                : range);

        add(strict, "Tiny", strictTiny(), 0);
        add(strict, "Edge", watts(sources.strict("edge"), true, true), 0);
        add(strict, "Datacenter", watts(sources.strict("datacenter"), true, true), 0);
        add(strict, "Training", training, 0);
        return new PaperFigure(
                "2",
                "Least and greatest power of the four scales",
                "Edge and datacenter: watts of Offline results. Tiny: energy of an inference over its latency. Training:"
                        + " energy over time to train.",
                drawn == 0
                        ? null
                        : new Side(
                                new Extremes(published),
                                counts(published.subList(0, drawn)),
                                List.of(
                                        "The greatest power of the datacenter is a constant in the script, "
                                                + CONSTANT_WATTS + " W: the value of a Server result.",
                                        "Two ranges that are not drawn stand beside: all scenarios, commas read."),
                                lost),
                strict.isEmpty()
                        ? null
                        : new Side(
                                new Extremes(strict),
                                counts(strict),
                                List.of(
                                        "Thousands commas are read, each value stands on its own row, and what is drawn is"
                                                + " in the data.",
                                        "Tiny: the energy and the latency of one row, where both are the only ones."),
                                List.of()),
                null,
                differences(published.subList(0, drawn), strict));
    }

    private static void add(List<Range> ranges, String scale, List<Power> powers, int dropped) {
        if (!powers.isEmpty()) {
            Extreme max = extreme(powers, Comparator.comparingDouble(Power::watts));
            ranges.add(new Range(
                    scale,
                    powers.size(),
                    dropped,
                    extreme(powers, Comparator.comparingDouble((Power power) -> -power.watts())),
                    max,
                    max.watts()));
        }
    }

    private static Extreme extreme(List<Power> powers, Comparator<Power> order) {
        Power power = powers.stream().max(order).orElseThrow();
        return new Extreme(
                power.watts(),
                power.value().id(),
                power.value().model(),
                power.value().row().task().scenario(),
                power.value().where());
    }

    private static String counts(List<Range> ranges) {
        return String.join(
                ", ",
                ranges.stream().map(range -> range.scale() + " " + range.n()).toList());
    }

    private static List<Power> watts(List<Value> values, boolean offline, boolean commas) {
        return values.stream()
                .filter(value -> value.isWatts() && !Double.isNaN(value.number()))
                .filter(value -> PaperRounds.INFERENCE.contains(value.round()))
                .filter(value -> !offline || value.offline())
                .filter(value -> commas || !value.hasComma())
                .map(value -> new Power(value.number(), value))
                .toList();
    }

    private List<Power> publishedTiny() {
        List<Value> values = sources.tiny().stream()
                .filter(value -> TINY_MODELS.contains(value.modelKey()) && !Double.isNaN(value.number()))
                .toList();
        return Pair.crossed(
                        values.stream().filter(Value::isMilliseconds).toList(),
                        values.stream()
                                .filter(value -> value.isMicrojoules() && !value.hasComma())
                                .toList(),
                        Value::modelKey)
                .stream()
                .map(ExtremesFigure::tinyPower)
                .toList();
    }

    private List<Power> strictTiny() {
        return Pair.matched(sources.tiny(), Value::isMilliseconds, Value::isMicrojoules).stream()
                .filter(pair -> !pair.ambiguous())
                .filter(pair -> TINY_MODELS.contains(pair.power().modelKey()))
                .map(ExtremesFigure::tinyPower)
                .toList();
    }

    private static Power tinyPower(Pair pair) {
        return new Power(
                pair.power().number() / (MICROWATT_PER_WATT * pair.performance().number()), pair.power());
    }

    private List<Power> training() {
        List<Value> values = sources.training().stream()
                .filter(value -> !Double.isNaN(value.number()))
                .toList();
        Function<Value, String> model = Value::model;
        return Pair.crossed(
                        values.stream()
                                .filter(value -> value.unit() == MeasureUnit.MINUTE)
                                .toList(),
                        values.stream()
                                .filter(value -> value.unit() == MeasureUnit.KILOJOULE)
                                .toList(),
                        model)
                .stream()
                .map(pair -> new Power(
                        pair.power().number() * 1000 / (60 * pair.performance().number()), pair.power()))
                .toList();
    }

    private static List<Difference> differences(List<Range> published, List<Range> strict) {
        List<Difference> differences = new ArrayList<>();
        for (Range range : published) {
            strict.stream().filter(other -> other.scale().equals(range.scale())).forEach(other -> {
                compare(
                        differences,
                        range.scale() + ", least, W",
                        range.min().watts(),
                        other.min().watts(),
                        range);
                compare(differences, range.scale() + ", greatest, W", range.plottedMax(), other.plottedMax(), range);
                if (range.n() != other.n()) {
                    differences.add(new Difference(
                            range.scale() + ", number of values",
                            (double) range.n(),
                            (double) other.n(),
                            range.scale().equals("Tiny")
                                    ? "cross product without values with commas, against rows with one energy and one"
                                            + " latency"
                                    : range.dropped() > 0
                                            ? range.dropped() + " values with thousands commas are lost; values on the"
                                                    + " wrong row and their copies do not count"
                                            : "values on the wrong row do not count"));
                }
            });
        }
        return differences;
    }

    private static void compare(List<Difference> to, String row, double published, double strict, Range range) {
        if (Math.abs(strict / published - 1) > 1e-9) {
            to.add(new Difference(
                    row,
                    published,
                    strict,
                    published == CONSTANT_WATTS
                            ? "a constant in the script: the Server value of 4.1-0049; the greatest Offline value is that"
                                    + " of " + range.max().id() + ", "
                                    + range.max().model()
                            : "the pair of the published value is ambiguous or stands on the wrong row"));
        }
    }
}
