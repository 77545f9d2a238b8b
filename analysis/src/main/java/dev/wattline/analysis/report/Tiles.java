package dev.wattline.analysis.report;

import dev.wattline.analysis.report.page.Tile;
import dev.wattline.analysis.result.ErrorResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The main figures at the top: power, energy, metric, verdict, and what the GPUs drew. */
final class Tiles {
    private static final double JOULES_PER_WATT_HOUR = 3600;
    private static final int DIGITS = 5;

    private Tiles() {}

    static List<Tile> of(RunFacts facts) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(power(facts));
        tiles.add(energy(facts));
        tiles.add(metric(facts));
        tiles.add(verdict(facts.input().verdict()));
        if (facts.hasTelemetry()) {
            tiles.add(gpus(facts));
        }
        return tiles;
    }

    private static Tile power(RunFacts facts) {
        double watts = facts.averageWatts();
        String note = Double.isNaN(watts)
                ? "no analyzer's log"
                : "wall, over " + facts.windowText() + ", " + Numbers.duration(facts.windowSeconds());
        return new Tile("Average power", Numbers.digits(watts, DIGITS), unit(watts, "W"), note, "", "power");
    }

    private static Tile energy(RunFacts facts) {
        double joules = facts.energyJ();
        String[] parts = Numbers.joules(joules).split(" ", 2);
        String note = Double.isNaN(joules)
                ? "no analyzer's log"
                : Numbers.digits(joules / JOULES_PER_WATT_HOUR, DIGITS) + " Wh at the wall";
        return new Tile("Energy", parts[0], parts.length > 1 ? parts[1] : "", note, "", "power");
    }

    private static Tile metric(RunFacts facts) {
        VerdictSummary.Metric metric = facts.metric();
        if (metric == null || Double.isNaN(metric.value())) {
            String why = metric != null && !metric.notes().isEmpty()
                    ? String.join("; ", metric.notes())
                    : facts.input().verdict() == null ? "no session was given" : "not computed for this session";
            return new Tile("Power metric", Numbers.NONE, "", why, "", "metric");
        }
        String interval = metric.ci95().isKnown()
                ? ", " + Numbers.interval(metric.ci95(), DIGITS, metric.unit()) + " by the analyzer's uncertainty"
                : "";
        return new Tile(
                "Power metric",
                Numbers.digits(metric.value(), DIGITS),
                metric.unit(),
                metric.scenario() + interval,
                "",
                "metric");
    }

    private static Tile verdict(@Nullable VerdictSummary verdict) {
        if (verdict == null) {
            return new Tile("Compliance", Numbers.NONE, "", "no session was given: only logs", "", "verdict");
        }
        String tone = switch (verdict.verdict()) {
            case "pass" -> "good";
            case "warn" -> "warn";
            default -> "bad";
        };
        return new Tile(
                "Compliance",
                verdict.verdict().toUpperCase(Locale.ROOT),
                "",
                verdict.passed() + " of " + verdict.checks().size() + " official checks pass, rules of "
                        + verdict.round(),
                tone,
                "verdict");
    }

    private static Tile gpus(RunFacts facts) {
        ErrorResult error = facts.found().error();
        if (!facts.hasError()) {
            return new Tile("GPU energy", Numbers.NONE, "", error.because(), "", "estimate");
        }
        String[] parts = Numbers.joules(error.estimateJ()).split(" ", 2);
        double halfWidth = 100 * error.estimateCi95J().halfWidth() / error.estimateJ();
        return new Tile(
                "GPU energy",
                parts[0],
                parts[1],
                "estimate, ± " + Numbers.percent(halfWidth) + "; nvidia-smi says " + Numbers.joules(error.reportedJ()),
                "",
                "estimate");
    }

    private static String unit(double value, String unit) {
        return Double.isNaN(value) ? "" : unit;
    }
}
