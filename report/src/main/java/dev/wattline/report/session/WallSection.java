package dev.wattline.report.session;

import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Diagnostics;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.charts.Axis;
import dev.wattline.charts.Chart;
import dev.wattline.charts.Layer;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Wall power explained by the GPUs: the regression and what it leaves over. */
final class WallSection {
    private WallSection() {}

    static Section of(RunFacts facts) {
        WallResult wall = facts.wall();
        List<String> sources = List.of("share", "residuals");
        if (wall == null || Double.isNaN(wall.slope())) {
            String why = wall == null ? "there is no analyzer's log" : wall.reason();
            return new Section(
                    "wall",
                    "The analyzer against the GPUs",
                    "No comparison: " + why + ".",
                    List.of(),
                    List.of(),
                    sources);
        }
        Diagnostics diagnostics = facts.input().analysis().diagnostics();
        String lead = "Wall power follows the GPUs as " + Numbers.watts(wall.interceptW()) + " + "
                + Numbers.within(wall.slope(), wall.slopeCi())
                + " × reported GPU power; that explains " + Numbers.percent(100 * wall.r2())
                + " of its variance and leaves " + Numbers.watts(wall.rmsW()) + " (RMS). " + share(wall);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure.TimePlot(
                "Residual: wall power minus what the GPUs explain",
                "Residual in W over time; it should look like noise around zero, a level that holds for a phase means"
                        + " something that draws power without the GPUs.",
                "residual"));
        if (diagnostics.residualSpectrum().size() > 0) {
            figures.add(spectrum(diagnostics.residualSpectrum()));
        }
        return new Section(
                "wall",
                "The analyzer against the GPUs",
                lead,
                figures,
                List.of(regression(wall), byPhase(facts, diagnostics)),
                sources);
    }

    private static String share(WallResult wall) {
        if (Double.isNaN(wall.gpuCorrelatedSharePct())) {
            return wall.reason().substring(0, 1).toUpperCase(Locale.ROOT)
                    + wall.reason().substring(1) + ".";
        }
        return Numbers.percent(wall.gpuCorrelatedSharePct()) + " of the wall energy follows the GPUs, "
                + Numbers.joules(wall.gpuCorrelatedJ(), Interval.NONE)
                + ": an upper bound of what they drew, for the supply's losses, CPU and fans follow them too.";
    }

    private static Figure spectrum(Curve curve) {
        double top = 0;
        List<Layer.Point> points = new ArrayList<>();
        for (int i = 0; i < curve.size(); i++) {
            top = Math.max(top, 100 * curve.y(i));
            points.add(new Layer.Point(curve.x(i), 100 * curve.y(i)));
        }
        return Figure.Drawing.of(
                "Spectrum of the residual",
                "Share of the residual's variance by frequency; a lone tall line is an oscillation that only one of the"
                        + " two saw.",
                new Chart(
                                Axis.linear("frequency [Hz]", 0, curve.x(curve.size() - 1)),
                                Axis.linear("share of variance [%]", 0, top))
                        .add(new Layer.Strokes("residual", "third", points)));
    }

    private static Table regression(WallResult wall) {
        return new Table(
                "Regression of wall power on reported GPU power",
                Table.columns("Quantity", "#Value", "Meaning"),
                List.of(
                        List.of(
                                "slope",
                                Numbers.within(wall.slope(), wall.slopeCi()),
                                "W at the wall per W reported; no efficiency"),
                        List.of(
                                "95 % interval of the slope",
                                Numbers.ends(wall.slopeCi(), ""),
                                "from the line's scatter and the analyzer's own error"),
                        List.of("intercept", Numbers.watts(wall.interceptW()), "wall power with all GPUs at 0 W"),
                        List.of("R²", Numbers.fixed(wall.r2(), 4), "share of the variance explained"),
                        List.of("residual RMS", Numbers.watts(wall.rmsW()), "typical distance from the line"),
                        List.of(
                                "Durbin–Watson",
                                Numbers.fixed(wall.durbinWatson(), 3),
                                "2 for residuals without memory"),
                        List.of(
                                "lag-1 autocorrelation",
                                Numbers.fixed(wall.lag1Autocorrelation(), 3),
                                "0 for the same"),
                        List.of(
                                "largest Cook's distance",
                                Numbers.digits(wall.maxCookDistance(), 3),
                                "above 1 a single pair bends the line"),
                        List.of("pairs", String.valueOf(wall.pairs()), "blocks of " + Numbers.seconds(wall.blockS()))),
                false);
    }

    private static Table byPhase(RunFacts facts, Diagnostics diagnostics) {
        List<List<String>> rows = new ArrayList<>();
        for (int p = 0; p < facts.found().phases().size(); p++) {
            double residual = p < diagnostics.wallResidualByPhase().size()
                    ? diagnostics.wallResidualByPhase().get(p)
                    : Double.NaN;
            rows.add(List.of(facts.found().phases().get(p).name(), Numbers.with(Numbers.digits(residual, 3), "W")));
        }
        return new Table("Mean residual by phase", Table.columns("Phase", "#Residual"), rows, false);
    }
}
