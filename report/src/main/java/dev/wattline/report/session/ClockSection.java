package dev.wattline.report.session;

import dev.wattline.analysis.result.ClockResult;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Quality;
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

/** How the two clocks stand, and how good the nvidia-smi log is. */
final class ClockSection {
    private static final int MINUTES_PER_HOUR = 60;

    private ClockSection() {}

    static Section of(RunFacts facts) {
        List<Figure> figures = new ArrayList<>();
        Curve profile = facts.input().analysis().diagnostics().lagProfile();
        if (profile.size() > 1) {
            figures.add(profile(profile, facts.found().clock()));
        }
        Curve intervals = facts.input().analysis().diagnostics().changeIntervals();
        if (intervals.size() > 1) {
            figures.add(
                    intervals(intervals, facts.found().gpus().get(0).sensor().periodMs()));
        }
        return new Section(
                "clocks",
                "Clocks and quality of the log",
                lead(facts),
                figures,
                List.of(clock(facts), quality(facts)),
                List.of("clock", "quality"));
    }

    private static String lead(RunFacts facts) {
        ClockResult clock = facts.found().clock();
        String lag = clock.accepted()
                ? "The SUT's clock stands "
                        + Numbers.with(Numbers.within(Math.abs(clock.lagS()), clock.lagCi95S()), "s")
                        + (clock.lagS() < 0 ? " behind" : " ahead of") + " the analyzer's ("
                        + Numbers.ends(clock.lagCi95S(), "s") + "), which has been taken out."
                : "The lag between the clocks was not found (" + clock.reason() + "), and "
                        + (clock.method().equals("recorded")
                                ? "the offset recorded with the telemetry was taken out."
                                : "none was taken out.");
        Quality quality = facts.found().quality();
        return lag + " " + facts.readings() + " was polled every " + Numbers.digits(quality.pollMedianMs(), 4)
                + " ms; the longest pause was " + Numbers.digits(quality.pollMaxMs(), 4) + " ms.";
    }

    private static Figure profile(Curve curve, ClockResult clock) {
        List<Layer.Point> points = new ArrayList<>();
        double top = 0;
        for (int i = 0; i < curve.size(); i++) {
            double watts = Math.sqrt(curve.y(i));
            top = Math.max(top, watts);
            points.add(new Layer.Point(curve.x(i), watts));
        }
        return Figure.Drawing.of(
                "How well each lag explains the two logs",
                "RMS residual over the lag: a single deep valley means that the lag is certain.",
                new Chart(
                                Axis.linear(curve.xLabel(), curve.x(0), curve.x(curve.size() - 1)),
                                Axis.linear("RMS residual [W]", 0, top))
                        .add(new Layer.Line("residual of the regression", "first", points))
                        .add(new Layer.Mark(clock.lagS(), "lag")));
    }

    private static Figure intervals(Curve curve, double periodMs) {
        List<Layer.Point> points = new ArrayList<>();
        double top = 1;
        double last = 1;
        for (int i = 0; i < curve.size(); i++) {
            top = Math.max(top, curve.y(i));
            last = Math.max(last, curve.x(i));
            points.add(new Layer.Point(curve.x(i), curve.y(i)));
        }
        return Figure.Drawing.of(
                "When the reading changes",
                "Intervals between changes of the first GPU's reading; lines at multiples of the update period T.",
                new Chart(
                                Axis.linear("interval between changes of the reading [ms]", 0, last),
                                Axis.linear("how often", 0, top))
                        .add(new Layer.Strokes("changes of GPU 0", "second", points))
                        .add(new Layer.Mark(periodMs, "T")));
    }

    private static Table clock(RunFacts facts) {
        ClockResult clock = facts.found().clock();
        Integer offset = clock.tzOffsetMin();
        String zone = offset == null
                ? Numbers.NONE
                : String.format(
                        Locale.ROOT, "UTC%+03d:%02d", offset / MINUTES_PER_HOUR, Math.abs(offset % MINUTES_PER_HOUR));
        return new Table(
                "Clocks",
                Table.columns("Quantity", "#Value", "From"),
                List.of(
                        List.of(
                                "zone of the stamps of " + facts.readings(),
                                zone,
                                facts.found().inputs().zoneSource()),
                        List.of(
                                "lag, SUT ahead",
                                Numbers.with(Numbers.within(clock.lagS(), clock.lagCi95S()), "s"),
                                clock.method()),
                        List.of(
                                "its standard uncertainty",
                                Numbers.with(Numbers.within(clock.lagSigmaS(), clock.lagSigmaS()), "s"),
                                ""),
                        List.of(
                                "second best lag against the best",
                                Numbers.digits(clock.sseRatio(), 3),
                                "ratio of residuals; 1.5 is needed"),
                        List.of("time that both logs cover", Numbers.seconds(clock.overlapS()), "")),
                false);
    }

    private static Table quality(RunFacts facts) {
        Quality quality = facts.found().quality();
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("rows", String.valueOf(quality.rows())),
                List.of("rows that are none of this log", String.valueOf(quality.malformed())),
                List.of("rows given twice", String.valueOf(quality.duplicates())),
                List.of("rows with the time of another and another power", String.valueOf(quality.sameTime())),
                List.of("rows older than the one before", String.valueOf(quality.outOfOrder())),
                List.of("pauses longer than 2.5 polls", quality.gaps() + ", " + Numbers.seconds(quality.gapSeconds())),
                List.of(
                        "time between polls, median / 99 % / longest",
                        Numbers.digits(quality.pollMedianMs(), 4) + " / " + Numbers.digits(quality.pollP99Ms(), 4)
                                + " / " + Numbers.digits(quality.pollMaxMs(), 4) + " ms"),
                List.of(
                        "readings that stand still",
                        quality.stuck() ? String.join(", ", quality.stuckGpus()) : "none")));
        quality.missing()
                .forEach(
                        (text, count) -> rows.add(List.of("cells without a number: “" + text + "”", count.toString())));
        return new Table("Quality of the log of " + facts.readings(), Table.columns("What", "#Count"), rows, false);
    }
}
