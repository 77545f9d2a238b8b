package dev.wattline.report.session;

import dev.wattline.model.Phase;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import dev.wattline.report.setup.PowerView;
import dev.wattline.report.setup.Setup;
import dev.wattline.report.trace.OverviewChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was measured with what: facts, readings, and the power logs that are not drawn above. */
final class SetupSection {
    private static final int MEANS = 7; // columns of a row of means

    private SetupSection() {}

    static Section of(RunFacts facts) {
        Setup setup = facts.input().setup();
        List<Table> tables = new ArrayList<>();
        for (Setup.Group group : setup.groups()) {
            tables.add(new Table(group.title(), Table.columns("What", "Value", "File"), group.rows(), true));
        }
        List<List<String>> means = means(setup, facts);
        if (!means.isEmpty()) {
            tables.add(new Table(
                    "Means of the analyzer's samples whose stamps lie in LoadGen's power window",
                    Table.columns(
                            "Phase",
                            "Reading",
                            "#Power W",
                            "#Voltage V",
                            "#Current A",
                            "#Power factor",
                            "#Least W",
                            "#Greatest W",
                            "#Samples"),
                    means,
                    true));
        }
        return new Section(
                "setup",
                "What was measured, with what",
                tables.isEmpty() ? "The session's files do not say." : "As the session's own files tell it.",
                figures(setup),
                tables,
                List.of());
    }

    private static List<List<String>> means(Setup setup, RunFacts facts) {
        List<List<String>> rows = new ArrayList<>();
        for (PowerView view : setup.views()) {
            if (view.name().startsWith(Phase.TESTING.word()) && !facts.isCovered()) {
                continue;
            }
            for (PowerView.Line line : view.lines()) {
                if (line.means().size() == MEANS) {
                    List<String> row = new ArrayList<>(List.of(view.name(), line.name()));
                    row.addAll(line.means());
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** The ranging phase, each channel and each analyzer: the testing phase's sum is drawn at the top of the page. */
    private static List<Figure> figures(Setup setup) {
        List<Figure> figures = new ArrayList<>();
        for (PowerView view : setup.views()) {
            for (int i = 0; i < view.lines().size(); i++) {
                boolean drawnAbove = i == 0 && view.name().equals(Phase.TESTING.word());
                boolean detailOfRanging = i > 0 && view.name().startsWith(Phase.RANGING.word());
                if (!drawnAbove && !detailOfRanging) {
                    figure(view, view.lines().get(i), view.lines().size() > 1).ifPresent(figures::add);
                }
            }
        }
        return figures;
    }

    private static Optional<Figure> figure(PowerView view, PowerView.Line line, boolean several) {
        String phase = view.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + view.name().substring(1);
        String title = several ? phase + ", " + line.name() : phase;
        return OverviewChart.of(line.overview(), view.window(), List.of())
                .map(chart -> Figure.Drawing.of(title, "Power in W; shaded is LoadGen's power window.", chart));
    }
}
