package dev.wattline.report.session;

import dev.wattline.analysis.result.AliasResult;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Repetitions;
import dev.wattline.analysis.result.SubSampling;
import dev.wattline.charts.Axis;
import dev.wattline.charts.Chart;
import dev.wattline.charts.Layer;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What another polling rate would have given, what a periodic load could hide, and how often to repeat. */
final class RateSections {
    private static final double LEAST_PCT = 0.1; // an axis that ends below magnifies nothing
    private static final int PEAKS = 12;

    private RateSections() {}

    static Section rates(RunFacts facts) {
        List<SubSampling> all = facts.found().subsampling();
        List<SubSampling> known =
                all.stream().filter(one -> !Double.isNaN(one.sdPct())).toList();
        double poll = facts.found().quality().pollMedianMs();
        String lead = known.isEmpty()
                ? "No curve: "
                        + (all.isEmpty()
                                ? facts.hasError()
                                        ? "the window holds too few readings to thin out."
                                        : facts.noError() + "."
                                : "the log is not faster than these rates and the sensor's window is not known, so that nothing can be predicted.")
                : "How far a mean over the window would scatter had " + facts.readings()
                        + " been polled at another rate, everything else equal. This log was polled every "
                        + Numbers.digits(poll, 4) + " ms.";
        List<Figure> figures = known.size() < 2 ? List.of() : List.of(rateCurve(known, 1e3 / poll));
        return new Section("rates", "Sub-sampling", lead, figures, List.of(rateTable(all)), List.of("rates"));
    }

    private static Figure rateCurve(List<SubSampling> known, double ownHz) {
        List<Layer.Point> points = new ArrayList<>();
        double top = 0;
        for (SubSampling one : known) {
            double value = 1.96 * one.sdPct();
            top = Math.max(top, value);
            points.add(new Layer.Point(
                    one.rateHz(), value, rate(one.rateHz()) + ": ± " + Numbers.percent(value) + ", " + one.source()));
        }
        return Figure.Drawing.of(
                "Scatter of the mean over the polling rate",
                "Each point: this log thinned out at every phase, or where it has fewer than five phases to thin at, the"
                        + " error budget.",
                new Chart(
                                Axis.log(
                                        "polls per second",
                                        known.get(0).rateHz(),
                                        known.get(known.size() - 1).rateHz()),
                                Axis.linear("1.96 SD of the mean [%]", 0, Math.max(top, LEAST_PCT)))
                        .add(new Layer.Line("1.96 SD over where the polls fall", "second", points))
                        .add(new Layer.Dots("second", points))
                        .add(new Layer.Mark(ownHz, "this log")));
    }

    private static Table rateTable(List<SubSampling> all) {
        return new Table(
                "What other rates would have given, in percent of the mean",
                Table.columns("#Rate", "#SD", "#Mean deviation", "#Smallest … largest", "#Phases tried", "From"),
                all.stream()
                        .map(one -> List.of(
                                rate(one.rateHz()),
                                Numbers.percent(one.sdPct()),
                                Numbers.signedPercent(one.biasPct(), one.rangePct()),
                                Numbers.signedInterval(one.rangePct()),
                                one.phases() == 0 ? Numbers.NONE : String.valueOf(one.phases()),
                                one.source().equals("unknown")
                                        ? "not known: the sensor's window is not"
                                        : one.source()))
                        .toList(),
                false);
    }

    private static String rate(double hz) {
        return Numbers.digits(hz, 1) + " Hz";
    }

    static Section periodic(RunFacts facts) {
        AliasResult alias = facts.found().alias();
        Curve curve = facts.input().analysis().diagnostics().worstPeriodic();
        String verdict = switch (alias.status()) {
            case "none" -> "Nothing to fear: ";
            case "risk" -> "A risk: ";
            case "proven" -> "ALIASED. Use the analyzer's energy: ";
            default -> "No statement: ";
        };
        List<Figure> figures = new ArrayList<>();
        if (curve.size() > 1) {
            figures.add(worst(curve, alias, facts.found().quality().pollMedianMs()));
        }
        return new Section(
                "periodic",
                "The worst periodic load",
                verdict + alias.evidence() + ".",
                figures,
                List.of(periodicTable(curve), repetitions(facts.found().reps())),
                List.of("periodic", "reps"));
    }

    private static Figure worst(Curve curve, AliasResult alias, double pollMs) {
        List<Layer.Point> points = new ArrayList<>();
        double top = LEAST_PCT;
        for (int i = 0; i < curve.size(); i++) {
            top = Math.max(top, curve.y(i));
            points.add(new Layer.Point(curve.x(i), curve.y(i)));
        }
        return Figure.Drawing.of(
                "What a strictly periodic load could hide",
                "Error of the mean over the load's period; at a peak the sensor sees the same part of each period.",
                new Chart(
                                Axis.log("period of the load [ms]", curve.x(0), curve.x(curve.size() - 1)),
                                Axis.linear("1.96 SD of the mean [%]", 0, top))
                        .add(new Layer.Line("square wave, half the time on", "second", points))
                        .add(new Layer.Mark(alias.worstPeriodMs(), "worst"))
                        .add(new Layer.Mark(pollMs, "poll")));
    }

    private static Table periodicTable(Curve curve) {
        List<Integer> peaks = new ArrayList<>();
        for (int i = 1; i < curve.size() - 1; i++) {
            if (curve.y(i) > curve.y(i - 1) && curve.y(i) >= curve.y(i + 1)) {
                peaks.add(i);
            }
        }
        return new Table(
                "The highest peaks of the curve",
                Table.columns("#Period ms", "#1.96 SD"),
                peaks.stream()
                        .sorted(Comparator.comparingDouble((Integer i) -> -curve.y(i)))
                        .limit(PEAKS)
                        .map(i -> List.of(Numbers.digits(curve.x(i), 5), Numbers.percent(curve.y(i))))
                        .toList(),
                false);
    }

    private static Table repetitions(Repetitions reps) {
        List<List<String>> rows = new ArrayList<>();
        for (String target : List.of("5", "2", "1")) {
            rows.add(List.of(
                    "± " + target + " %", count(reps.nForTarget(), target), count(reps.nForTargetWorst(), target)));
        }
        return new Table(
                "Runs needed for the sampling error of their mean to fall below a target (SD of one run: "
                        + Numbers.percent(reps.cv1Pct()) + ", under the worst load "
                        + Numbers.percent(reps.cv1WorstPct()) + "). "
                        + reps.advice(),
                Table.columns("Target", "#Runs", "#Under the worst periodic load"),
                rows,
                false);
    }

    private static String count(Map<String, Integer> needed, String target) {
        Integer count = needed.get(target);
        return count == null ? Numbers.NONE : count.toString();
    }
}
