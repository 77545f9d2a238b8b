package dev.wattline.report.session;

import dev.wattline.analysis.result.Components;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.charts.BarChart;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/** How wrong nvidia-smi is, and what that and its uncertainty consist of. */
final class ErrorSection {
    private record Part(String name, double percent, String meaning) {}

    private ErrorSection() {}

    static Section of(RunFacts facts) {
        ErrorResult error = facts.found().error();
        List<String> sources = List.of("plain", "estimate", "budget", "share");
        if (!facts.hasError()) {
            return new Section(
                    "error",
                    "How wrong " + facts.readings() + " is",
                    "No figure: " + facts.noError() + ".",
                    List.of(),
                    List.of(),
                    sources);
        }
        String lead = "Over " + facts.windowText() + ", the log as it is adds up to "
                + Numbers.joules(error.reportedJ(), error.estimateCi95J())
                + "; the best estimate of what the GPUs drew is "
                + Numbers.joules(error.estimateJ(), error.estimateCi95J()) + " ("
                + Numbers.joules(error.estimateCi95J()) + "). Below: the error, what it consists of, and what the"
                + " half-width of its interval consists of.";
        List<Part> biases = biases(error);
        List<Part> doubts = doubts(error.components());
        return new Section(
                "error",
                "How wrong " + facts.readings() + " is",
                lead,
                List.of(intervals(error, facts.readings()), bars(biases, error), budget(doubts)),
                List.of(
                        table(
                                "The error in parts",
                                biases,
                                "#Part",
                                part -> Numbers.signedPercent(part, error.ci95Pct())),
                        table(
                                "The 95 % half-width in parts; they add in quadrature",
                                doubts, "#Half-width", Numbers::halfWidthPercent),
                        comparison(error, facts.readings())),
                sources);
    }

    private static Figure intervals(ErrorResult error, String readings) {
        BarChart chart = new BarChart("error [%]")
                .interval(
                        "against the best estimate",
                        error.pct(),
                        orValue(error.ci95Pct().low(), error.pct()),
                        orValue(error.ci95Pct().high(), error.pct()),
                        Numbers.signedPercent(error.pct(), error.ci95Pct()));
        boolean hasShare = !Double.isNaN(error.againstSharePct());
        if (hasShare) {
            chart.interval(
                    "against the analyzer's GPU share",
                    error.againstSharePct(),
                    orValue(error.againstShareCi95Pct().low(), error.againstSharePct()),
                    orValue(error.againstShareCi95Pct().high(), error.againstSharePct()),
                    Numbers.signedPercent(error.againstSharePct(), error.againstShareCi95Pct()));
        }
        return Figure.Drawing.of(
                "Error of the energy by " + readings + " with its 95 % interval",
                hasShare
                        ? "The analyzer's GPU share is an upper bound: it holds the supply's losses and all that follows the"
                                + " GPUs."
                        : "The bar is the interval.",
                chart);
    }

    private static double orValue(double end, double value) {
        return Double.isNaN(end) ? value : end;
    }

    private static Figure bars(List<Part> biases, ErrorResult error) {
        BarChart chart = new BarChart("part of the error [%]");
        biases.forEach(
                part -> chart.bar(part.name(), part.percent(), Numbers.signedPercent(part.percent(), error.ci95Pct())));
        chart.bar("all together", error.pct(), Numbers.signedPercent(error.pct(), error.ci95Pct()));
        return Figure.Drawing.of("Where the error comes from", "Parts of the error, signed.", chart);
    }

    private static Figure budget(List<Part> doubts) {
        BarChart chart = new BarChart("half-width [%]");
        double squares = doubts.stream()
                .mapToDouble(part -> part.percent() * part.percent())
                .sum();
        doubts.stream()
                .sorted(Comparator.comparingDouble(Part::percent).reversed())
                .forEach(part -> chart.bar(
                        part.name(),
                        part.percent(),
                        Numbers.halfWidthPercent(part.percent()) + ", "
                                + share(100 * part.percent() * part.percent() / squares)));
        return Figure.Drawing.of(
                "Error budget: where the uncertainty comes from",
                "Half-widths at 95 %, and their shares of the variance; they add in quadrature, so the largest one decides.",
                chart);
    }

    private static String share(double percent) {
        return (percent < 0.5 ? "< 1" : Numbers.fixed(percent, 0)) + " %";
    }

    private static List<Part> biases(ErrorResult error) {
        return List.of(
                new Part("gain of the cards", error.gainPct(), "readings are a factor off"),
                new Part("offset of the cards", error.offsetPct(), "readings are a constant off"),
                new Part("time", error.timingPct(), "late and smeared readings at the window's ends"));
    }

    private static List<Part> doubts(Components parts) {
        List<Part> doubts = new ArrayList<>(List.of(
                new Part("gain", parts.gainPct(), "how well the cards' gain is known"),
                new Part("offset", parts.offsetPct(), "how well the cards' offset is known"),
                new Part("unseen time (coverage)", parts.coveragePct(), "power between the sensor's windows"),
                new Part("clocks (lag)", parts.lagPct(), "uncertainty of the lag at the steps beside the window"),
                new Part("ends of the window", parts.edgePct(), "where in a reading the window begins and ends"),
                new Part("inside a reading", parts.floorPct(), "structure inside the sensor's window"),
                new Part("rounding", parts.quantPct(), "the reading's last digit")));
        doubts.removeIf(part -> Double.isNaN(part.percent()));
        return doubts;
    }

    private static Table table(String caption, List<Part> parts, String head, DoubleFunction<String> text) {
        return new Table(
                caption,
                Table.columns("Part", head, "Meaning"),
                parts.stream()
                        .map(part -> List.of(part.name(), text.apply(part.percent()), part.meaning()))
                        .toList(),
                false);
    }

    private static Table comparison(ErrorResult error, String readings) {
        return new Table(
                "Energies over the window",
                Table.columns(
                        "Quantity", "#Energy", "#95 % interval", "#" + readings + " against it", "#95 % interval"),
                List.of(
                        List.of(
                                readings + " as it is",
                                Numbers.joules(error.reportedJ(), error.estimateCi95J()),
                                Numbers.NONE,
                                Numbers.NONE,
                                Numbers.NONE),
                        List.of(
                                "best estimate of the GPUs",
                                Numbers.joules(error.estimateJ(), error.estimateCi95J()),
                                Numbers.joules(error.estimateCi95J()),
                                Numbers.signedPercent(error.pct(), error.ci95Pct()),
                                Numbers.signedInterval(error.ci95Pct())),
                        List.of(
                                "analyzer's GPU-correlated share (upper bound)",
                                Numbers.joules(error.shareJ(), Interval.NONE),
                                Numbers.NONE,
                                Numbers.signedPercent(error.againstSharePct(), error.againstShareCi95Pct()),
                                Numbers.signedInterval(error.againstShareCi95Pct()))),
                false);
    }
}
