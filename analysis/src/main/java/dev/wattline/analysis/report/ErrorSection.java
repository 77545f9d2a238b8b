package dev.wattline.analysis.report;

import dev.wattline.analysis.report.chart.BarPlotter;
import dev.wattline.analysis.report.page.Figure;
import dev.wattline.analysis.report.page.Section;
import dev.wattline.analysis.report.page.Table;
import dev.wattline.analysis.result.Components;
import dev.wattline.analysis.result.ErrorResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
                    "How wrong nvidia-smi is",
                    "No figure: " + error.because() + ".",
                    List.of(),
                    List.of(),
                    sources);
        }
        String lead =
                "Over " + facts.windowText() + ", the log as it is adds up to " + Numbers.joules(error.reportedJ())
                        + "; the best estimate of what the GPUs drew is " + Numbers.joules(error.estimateJ()) + " ("
                        + Numbers.joules(error.estimateCi95J().low()) + " to "
                        + Numbers.joules(error.estimateCi95J().high())
                        + "). Below: the error, what it consists of, and what the"
                        + " half-width of its interval consists of.";
        List<Part> biases = biases(error);
        List<Part> doubts = doubts(error.components());
        return new Section(
                "error",
                "How wrong nvidia-smi is",
                lead,
                List.of(intervals(error), bars(biases, error), budget(doubts)),
                List.of(
                        table("The error in parts", biases, "#Part %", true),
                        table("The 95 % half-width in parts; they add in quadrature", doubts, "#Half-width %", false),
                        comparison(error)),
                sources);
    }

    private static Figure intervals(ErrorResult error) {
        BarPlotter plotter = new BarPlotter()
                .interval(
                        "against the best estimate",
                        error.pct(),
                        orValue(error.ci95Pct().low(), error.pct()),
                        orValue(error.ci95Pct().high(), error.pct()),
                        Numbers.signedPercent(error.pct()));
        boolean hasShare = !Double.isNaN(error.againstSharePct());
        if (hasShare) {
            plotter.interval(
                    "against the analyzer's GPU share",
                    error.againstSharePct(),
                    orValue(error.againstShareCi95Pct().low(), error.againstSharePct()),
                    orValue(error.againstShareCi95Pct().high(), error.againstSharePct()),
                    Numbers.signedPercent(error.againstSharePct()));
        }
        return plotter.plot(
                "Error of nvidia-smi's energy with its 95 % interval",
                hasShare
                        ? "The analyzer's GPU share is an upper bound: it holds the supply's losses and all that follows the"
                                + " GPUs."
                        : "The bar is the interval.",
                "error [%]");
    }

    private static double orValue(double end, double value) {
        return Double.isNaN(end) ? value : end;
    }

    private static Figure bars(List<Part> biases, ErrorResult error) {
        BarPlotter plotter = new BarPlotter();
        biases.forEach(part -> plotter.bar(part.name(), part.percent(), Numbers.signedPercent(part.percent())));
        plotter.bar("all together", error.pct(), Numbers.signedPercent(error.pct()));
        return plotter.plot("Where the error comes from", "Parts of the error, signed.", "part of the error [%]");
    }

    private static Figure budget(List<Part> doubts) {
        BarPlotter plotter = new BarPlotter();
        double squares = doubts.stream()
                .mapToDouble(part -> part.percent() * part.percent())
                .sum();
        doubts.stream()
                .sorted(Comparator.comparingDouble(Part::percent).reversed())
                .forEach(part -> plotter.bar(
                        part.name(),
                        part.percent(),
                        Numbers.percent(part.percent()) + ", "
                                + share(100 * part.percent() * part.percent() / squares)));
        return plotter.plot(
                "Error budget: where the uncertainty comes from",
                "Half-widths at 95 %; they add in quadrature, so the largest one decides.",
                "half-width [%]");
    }

    private static String share(double percent) {
        return (percent < 0.5 ? "under 1" : Numbers.fixed(percent, 0)) + " % of the variance";
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

    private static Table table(String caption, List<Part> parts, String head, boolean signed) {
        return new Table(
                caption,
                Table.columns("Part", head, "Meaning"),
                parts.stream()
                        .map(part -> List.of(
                                part.name(),
                                signed ? Numbers.signedPercent(part.percent()) : Numbers.percent(part.percent()),
                                part.meaning()))
                        .toList(),
                false);
    }

    private static Table comparison(ErrorResult error) {
        return new Table(
                "Energies over the window",
                Table.columns("Quantity", "#Energy", "#95 % interval", "#nvidia-smi against it", "#95 % interval"),
                List.of(
                        List.of(
                                "nvidia-smi as it is",
                                Numbers.joules(error.reportedJ()),
                                Numbers.NONE,
                                Numbers.NONE,
                                Numbers.NONE),
                        List.of(
                                "best estimate of the GPUs",
                                Numbers.joules(error.estimateJ()),
                                Numbers.interval(error.estimateCi95J(), 5, "J"),
                                Numbers.signedPercent(error.pct()),
                                Numbers.signedInterval(error.ci95Pct())),
                        List.of(
                                "analyzer's GPU-correlated share (upper bound)",
                                Numbers.joules(error.shareJ()),
                                Numbers.NONE,
                                Numbers.signedPercent(error.againstSharePct()),
                                Numbers.signedInterval(error.againstShareCi95Pct()))),
                false);
    }
}
