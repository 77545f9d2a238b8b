package dev.wattline.report.session;

import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.OverallVerdict;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The main figures at the top: power, energy, metric, verdict, and what the GPUs drew. */
final class Tiles {
    private static final double JOULES_PER_WATT_HOUR = 3600;

    private Tiles() {}

    static List<Tile> of(RunFacts facts) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(power(facts));
        tiles.add(energy(facts));
        tiles.add(metric(facts));
        tiles.add(verdict(facts));
        if (facts.hasTelemetry()) {
            tiles.add(gpus(facts));
        }
        return tiles;
    }

    private static Tile power(RunFacts facts) {
        double watts = facts.averageWatts();
        String note = Double.isNaN(watts)
                ? facts.isCovered() ? "no analyzer's log" : RunFacts.UNCOVERED
                : "wall, " + interval(facts) + "over " + facts.windowText() + ", "
                        + Numbers.duration(facts.windowSeconds());
        String value = Numbers.within(watts, facts.halfWidthWatts());
        return new Tile("Average power", value, unit(watts, "W"), note, "", "power", doubt(facts, watts));
    }

    /** A dash needs no doubt. */
    private static String doubt(RunFacts facts, double value) {
        return Double.isNaN(value) ? "" : facts.doubt();
    }

    private static String interval(RunFacts facts) {
        Interval ci95 = facts.averageWattsCi95();
        return ci95.isKnown() ? Numbers.ends(ci95, "W").replace(" … ", " to ") + ", " : "";
    }

    private static Tile energy(RunFacts facts) {
        double joules = facts.energyJ();
        Interval ci95 = facts.energyCi95J();
        String[] parts = Numbers.joules(joules, ci95).split(" ", 2);
        String note = Double.isNaN(joules)
                ? facts.isCovered() ? "no analyzer's log" : RunFacts.UNCOVERED
                : Numbers.within(joules / JOULES_PER_WATT_HOUR, ci95.times(1 / JOULES_PER_WATT_HOUR))
                        + " Wh at the wall";
        return new Tile("Energy", parts[0], parts.length > 1 ? parts[1] : "", note, "", "power", doubt(facts, joules));
    }

    private static Tile metric(RunFacts facts) {
        PowerMetric metric = facts.metric();
        RunFacts.MetricFigure figure = facts.metricFigure();
        if (metric == null || figure == null) {
            String why = !facts.isCovered()
                    ? RunFacts.UNCOVERED
                    : metric != null && !metric.noteTexts().isEmpty()
                            ? String.join("; ", metric.noteTexts())
                            : facts.input().checked() == null
                                    ? "no session was given"
                                    : "not computed for this session";
            return new Tile("Power metric", Numbers.NONE, "", why, "", "metric", "");
        }
        String interval = figure.interval().isEmpty()
                ? ""
                : ", " + figure.interval()
                        + " by the analyzer's uncertainty and the samples that the window's ends cut";
        return new Tile(
                "Power metric",
                figure.value(),
                figure.unit(),
                "official, " + metric.scenario() + interval,
                "",
                "metric",
                facts.doubt());
    }

    private static Tile verdict(RunFacts facts) {
        SessionReport checked = facts.input().checked();
        OverallVerdict together = facts.together();
        if (checked == null || together == null) {
            return new Tile("Verdict", Numbers.NONE, "", "no session was given: only logs", "", "verdict", "");
        }
        String tone = switch (together.level()) {
            case PASS -> "good";
            case SUSPECT, MADE_DATA -> "warn";
            case FAIL -> "bad";
        };
        return new Tile(
                "Verdict",
                together.level().word().toUpperCase(Locale.ROOT),
                "",
                together.text() + "; rules of " + checked.round(),
                tone,
                "verdict",
                "");
    }

    private static Tile gpus(RunFacts facts) {
        ErrorResult error = facts.found().error();
        if (!facts.hasError()) {
            return new Tile("GPU energy", Numbers.NONE, "", facts.noError(), "", "estimate", "");
        }
        String[] parts =
                Numbers.joules(error.estimateJ(), error.estimateCi95J()).split(" ", 2);
        double halfWidth = 100 * error.estimateCi95J().halfWidth() / error.estimateJ();
        return new Tile(
                "GPU energy",
                parts[0],
                parts[1],
                "estimate, ± " + Numbers.halfWidthPercent(halfWidth) + "; " + facts.readings() + " says "
                        + Numbers.joules(error.reportedJ(), error.estimateCi95J()),
                "",
                "estimate",
                facts.doubt());
    }

    private static String unit(double value, String unit) {
        return Double.isNaN(value) ? "" : unit;
    }
}
