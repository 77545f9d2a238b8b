package dev.wattline.bench;

import dev.wattline.bench.calibration.CalibrationCoverage;
import dev.wattline.bench.calibration.CalibrationCoverage.Rail;
import dev.wattline.bench.calibration.SourceSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the 95 % interval of wall energy inferred by a calibration holds, on simulated machines. */
final class CalibrationBenchmark implements Benchmark {
    private static final int SYSTEMS = 500;
    private static final long SEED = 20_260_117;
    private static final double METER_ERROR = 0.03;

    @Override
    public String name() {
        return "calibration";
    }

    @Override
    public String about() {
        return "share of simulated machines whose wall energy lies in a calibration's interval, by sources and load";
    }

    @Override
    public String usage() {
        return "[machines=" + SYSTEMS + "] [seed=" + SEED + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) {
        int systems = arguments.isEmpty() ? SYSTEMS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? SEED : Long.parseLong(arguments.get(1));
        CalibrationCoverage one = CalibrationCoverage.run(systems, 1, 1, seed);
        CalibrationCoverage two = CalibrationCoverage.run(systems, 2, 1, seed + 1);
        CalibrationCoverage doubled = CalibrationCoverage.run(systems, 1, 2, seed + 2);
        CalibrationCoverage both = CalibrationCoverage.run(systems, 2, 2, seed + 3);
        int refused = one.refused() + two.refused();
        double caught = CalibrationCoverage.caughtPct(systems, METER_ERROR, seed + 4);
        ResultTable table = new ResultTable(
                String.format(
                        Locale.ROOT,
                        "Wall energy in its 95 %% interval, %d machines a column, seed %d. Sound sessions refused: %d of"
                                + " %d; with doubled drift %d of %d; a meter 3 %% off in the part kept back is refused in"
                                + " %.1f %%.%n%s",
                        systems,
                        seed,
                        refused,
                        one.calibrated() + two.calibrated(),
                        doubled.refused() + both.refused(),
                        doubled.calibrated() + both.calibrated(),
                        caught,
                        Stream.of(one, two, doubled, both)
                                .flatMap(coverage -> coverage.reasons().stream())
                                .collect(Collectors.joining("\n"))),
                "sources, load, window",
                "1 session: inside %",
                "± % (median)",
                "error % (p95)",
                "2 sessions: inside %",
                "± %",
                "drift x 2, 1 session: inside %",
                "± %",
                "drift x 2, 2 sessions: inside %",
                "± %");
        for (SourceSet sources : SourceSet.values()) {
            for (boolean same : new boolean[] {true, false}) {
                for (int seconds : new int[] {120, 300, 600}) {
                    row(table, new CalibrationCoverage.Key(sources, same, seconds, Rail.ANY), one, two, doubled, both);
                }
                if (sources == SourceSet.RAPL && !same) {
                    row(table, new CalibrationCoverage.Key(sources, same, 300, Rail.WITH), one, two, doubled, both);
                    row(table, new CalibrationCoverage.Key(sources, same, 300, Rail.WITHOUT), one, two, doubled, both);
                }
            }
        }
        return table;
    }

    private static void row(
            ResultTable table,
            CalibrationCoverage.Key key,
            CalibrationCoverage one,
            CalibrationCoverage two,
            CalibrationCoverage doubled,
            CalibrationCoverage both) {
        String rail = key.rail() == Rail.ANY ? "" : key.rail() == Rail.WITH ? ", DRAM rail" : ", no DRAM rail";
        String label = key.sources().label() + rail + ", " + (key.sameKind() ? "same" : "other") + " kind, "
                + key.seconds() + " s";
        CalibrationCoverage.Tally first = one.cell(key);
        table.row(
                label,
                text(first.insidePct()),
                text(first.halfWidthPct()),
                text(first.errorPct(0.95)),
                text(two.cell(key).insidePct()),
                text(two.cell(key).halfWidthPct()),
                text(doubled.cell(key).insidePct()),
                text(doubled.cell(key).halfWidthPct()),
                text(both.cell(key).insidePct()),
                text(both.cell(key).halfWidthPct()));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
