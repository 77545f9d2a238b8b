package dev.wattline.bench;

import dev.wattline.bench.physics.CoverageSuite;
import java.util.List;
import java.util.Locale;

/** Whether the 95 % interval of a mean power holds: simulated loads, sensors and cards with known truth. */
final class BudgetBenchmark implements Benchmark {
    private static final int RUNS = 30;
    private static final long SEED = 5;

    @Override
    public String name() {
        return "budget";
    }

    @Override
    public String about() {
        return "share of simulated runs whose true mean power lies in the 95 % interval, by load and sensor";
    }

    @Override
    public String usage() {
        return "[runs a cell=" + RUNS + "] [seed=" + SEED + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) {
        int runs = arguments.isEmpty() ? RUNS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? SEED : Long.parseLong(arguments.get(1));
        List<CoverageSuite.Cell> cells = CoverageSuite.run(runs, seed);
        ResultTable table = new ResultTable(
                "Coverage of the 95 % interval, " + cells.size() * runs + " runs, seed " + seed,
                "load, sensor, length",
                "calibrated %",
                "± % of mean",
                "population %",
                "± % of mean");
        double calibrated = 0;
        double prior = 0;
        for (CoverageSuite.Cell cell : cells) {
            calibrated += cell.calibratedPct() / cells.size();
            prior += cell.priorPct() / cells.size();
            table.row(
                    cell.load() + ", " + cell.setting() + ", " + Math.round(cell.seconds()) + " s",
                    text(cell.calibratedPct()),
                    text(cell.halfWidthPct()),
                    text(cell.priorPct()),
                    text(cell.priorHalfWidthPct()));
        }
        return table.row("mean", text(calibrated), "", text(prior), "");
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
