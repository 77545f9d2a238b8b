package dev.wattline.report.session;

import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.MergedTrace;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import dev.wattline.report.trace.Decimator;
import dev.wattline.report.trace.DrawnSeries;
import dev.wattline.report.trace.TimePlots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The course of the run: the merged trace and its phases. */
final class RunSection {
    /** Points drawn of a main line: at one value a second, more than two hours without leaving any out. */
    static final int MAIN_POINTS = 8000;

    /** Points drawn of each GPU. */
    static final int GPU_POINTS = 2400;

    private static final int CARD_COLOURS = 8;

    private RunSection() {}

    static Section of(RunFacts facts) {
        String lead = (facts.wall() != null
                        ? facts.hasTrace()
                                ? "Wall power by the analyzer and the sum of what the GPUs reported, on the analyzer's clock. "
                                : "Wall power by the analyzer. "
                        : "The sum of what the GPUs reported. ")
                + "Drag to zoom, double-click to see all; with the keyboard: arrows move the cursor, + and − zoom, 0 shows all.";
        return new Section(
                "run",
                "Power over the run",
                lead,
                List.of(new Figure.TimePlot("Merged trace", describe(facts), "trace")),
                List.of(phases(facts)),
                List.of("window", "phases"));
    }

    private static String describe(RunFacts facts) {
        List<String> names =
                facts.found().phases().stream().map(PhaseResult::name).toList();
        return "Power in W over time; phases: " + String.join(", ", names) + ".";
    }

    /** What the page's script draws. */
    static TimePlots plots(RunFacts facts) {
        MergedTrace trace = facts.input().analysis().trace();
        Map<String, List<DrawnSeries>> plots = new LinkedHashMap<>();
        List<DrawnSeries> main = new ArrayList<>();
        add(main, "Analyzer, at the wall", "wall", trace.wallW(), MAIN_POINTS);
        add(main, facts.readings() + ", sum of the GPUs", "gpu", trace.gpuSumW(), MAIN_POINTS);
        plots.put("trace", main);
        List<DrawnSeries> residual = new ArrayList<>();
        add(residual, "Residual", "residual", trace.residualW(), MAIN_POINTS);
        plots.put("residual", residual);
        List<DrawnSeries> gpus = new ArrayList<>();
        for (int k = 0; k < trace.gpuW().size(); k++) {
            add(
                    gpus,
                    RunFacts.gpuLabel(k),
                    "card" + k % CARD_COLOURS,
                    trace.gpuW().get(k),
                    GPU_POINTS);
        }
        plots.put("gpus", gpus);
        return new TimePlots(plots, bands(facts), facts.zone());
    }

    private static void add(List<DrawnSeries> lines, String label, String role, TimeSeries series, int limit) {
        for (int i = 0; i < series.size(); i++) {
            if (!Double.isNaN(series.value(i))) {
                lines.add(new DrawnSeries(label, role, Decimator.decimate(series, limit)));
                return;
            }
        }
    }

    private static List<TimePlots.Band> bands(RunFacts facts) {
        PhaseResult window = facts.isCovered() ? facts.window() : null;
        return facts.found().phases().stream()
                .map(phase -> new TimePlots.Band(phase.name(), phase.start(), phase.end(), phase.equals(window)))
                .toList();
    }

    private static Table phases(RunFacts facts) {
        if (!facts.isCovered()) {
            return new Table(
                    "Phases as they were found in the logs, without figures: none of them is LoadGen's power window",
                    Table.columns("Phase", "#Begin (" + facts.zone() + ")", "#Length s", "Confidence", "Evidence"),
                    facts.found().phases().stream()
                            .map(phase -> List.of(
                                    phase.name(),
                                    Numbers.clock(phase.start()),
                                    Numbers.fixed(phase.seconds(), 1),
                                    phase.confidence(),
                                    phase.evidence()))
                            .toList(),
                    false);
        }
        List<List<String>> rows = new ArrayList<>();
        for (PhaseResult phase : facts.found().phases()) {
            GpuPhase gpu = phase.gpu();
            List<String> row = new ArrayList<>(List.of(
                    phase.name(),
                    Numbers.clock(phase.start()),
                    Numbers.fixed(phase.seconds(), 1),
                    Numbers.within(phase.wallMeanW(), phase.wallCi95W()),
                    Numbers.ends(phase.wallCi95W(), ""),
                    Numbers.joules(phase.wallEnergyJ(), phase.wallEnergyCi95J())));
            if (facts.hasTelemetry()) {
                Interval watts = gpu == null ? Interval.NONE : gpu.ci95J().times(1 / phase.seconds());
                row.add(gpu == null ? Numbers.NONE : Numbers.within(gpu.meanW(), watts));
                row.add(Numbers.ends(watts, ""));
            }
            row.add(Numbers.digits(phase.rampUpWps(), 3));
            row.add(Numbers.digits(phase.rampDownWps(), 3));
            row.add(phase.confidence());
            row.add(phase.evidence());
            rows.add(row);
        }
        List<String> heads = new ArrayList<>(List.of(
                "Phase",
                "#Begin (" + facts.zone() + ")",
                "#Length s",
                "#Wall mean W",
                "#95 % interval W",
                "#Wall energy"));
        if (facts.hasTelemetry()) {
            heads.addAll(List.of("#GPUs mean W (estimate)", "#95 % interval W"));
        }
        heads.addAll(List.of("#Rise W/s", "#Fall W/s", "Confidence", "Evidence"));
        return new Table(
                "Phases. Wall power is the estimate over exactly the phase, its interval for the seconds that the ends cut;"
                        + " rises and falls are lower bounds.",
                Table.columns(heads.toArray(String[]::new)),
                rows,
                false);
    }
}
