package dev.wattline.report.session;

import dev.wattline.analysis.result.CorrelationResult;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How the GPUs go together inside one phase. */
final class CorrelationSection {
    private static final int LEVELS = 10;
    private static final double ROUND = 0.1;

    private CorrelationSection() {}

    static Section of(RunFacts facts) {
        CorrelationResult found = facts.found().correlation();
        if (found == null) {
            String why = facts.found().gpus().size() < 2
                    ? "there is only one GPU"
                    : facts.hasError()
                            ? "the readings inside the window are too few, or vary too little"
                            : facts.noError();
            return new Section(
                    "correlation",
                    "GPUs among each other",
                    "No correlation: " + why + ".",
                    List.of(),
                    List.of(),
                    List.of("correlation"));
        }
        List<String> heads = IntStream.range(0, found.gpus().size())
                .mapToObj(RunFacts::gpuLabel)
                .toList();
        String lead = "Inside the phase “" + found.phase() + "”"
                + (found.lagCorrected() ? ", clocks set right" : ", clocks as they are")
                + ". About " + Numbers.digits(found.nEff(), 3) + " independent pairs: a coefficient is good to ± "
                + Numbers.fixed(found.halfWidth(), 3)
                + ". GPUs in step share what the sensors do not see, so that their errors add up instead of averaging out.";
        return new Section(
                "correlation",
                "GPUs among each other",
                lead,
                List.of(heatMap(found, heads)),
                List.of(
                        table("Rank correlation (Spearman)", heads, found.spearman()),
                        table(
                                "Corrected for the noise of the readings; a dash where a reading's reliability is below 0.3",
                                heads,
                                found.corrected()),
                        reliability(found, heads)),
                List.of("correlation"));
    }

    private static Figure heatMap(CorrelationResult found, List<String> heads) {
        double least = 1;
        for (List<Double> row : found.pairwise()) {
            for (double value : row) {
                least = Double.isNaN(value) ? least : Math.min(least, value);
            }
        }
        double bottom = Math.floor(least / ROUND) * ROUND;
        List<List<Figure.MatrixCell>> rows = new ArrayList<>();
        for (List<Double> row : found.pairwise()) {
            rows.add(row.stream()
                    .map(value -> new Figure.MatrixCell(Numbers.fixed(value, 2), level(value, bottom)))
                    .toList());
        }
        return new Figure.Matrix(
                "Correlation of the readings (Pearson's r)",
                "Each cell tells how two GPUs go together.",
                heads,
                rows,
                "pale " + Numbers.fixed(bottom, 1) + ", full 1");
    }

    private static int level(double value, double bottom) {
        return Double.isNaN(value)
                ? -1
                : (int) Math.max(0, Math.min(LEVELS - 1, Math.floor(LEVELS * (value - bottom) / (1 - bottom))));
    }

    private static Table table(String caption, List<String> heads, List<List<Double>> values) {
        List<String> columns = new ArrayList<>(List.of(""));
        heads.forEach(head -> columns.add("#" + head));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            List<String> row = new ArrayList<>(List.of(heads.get(i)));
            values.get(i).forEach(value -> row.add(Numbers.fixed(value, 3)));
            rows.add(row);
        }
        return new Table(caption, Table.columns(columns.toArray(String[]::new)), rows, false);
    }

    private static Table reliability(CorrelationResult found, List<String> heads) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < found.attenuation().size(); i++) {
            rows.add(List.of(heads.get(i), Numbers.fixed(found.attenuation().get(i), 3)));
        }
        return new Table("Reliability of the readings, 0 to 1", Table.columns("GPU", "#Reliability"), rows, false);
    }
}
