package dev.wattline.analysis.statement;

import dev.wattline.analysis.phases.Course;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.MergedTrace;
import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.telemetry.AlignedSignals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The series and histograms behind the figures. */
public final class Traces {
    private static final int LONGEST_INTERVAL_MS = 4000;

    private Traces() {}

    public static MergedTrace of(AlignedSignals run, WallView view, List<Span> spans) {
        Course course = run.course();
        int n = course.size();
        long[] times = new long[n];
        Integer[] phase = new Integer[n];
        for (int i = 0; i < n; i++) {
            times[i] = Math.round(course.endsMs()[i]);
            double middle = (course.startsMs()[i] + course.endsMs()[i]) / 2;
            phase[i] = -1;
            for (int p = 0; p < spans.size() && phase[i] < 0; p++) {
                boolean inside = middle >= spans.get(p).startMs()
                        && middle < spans.get(p).endMs();
                phase[i] = inside ? p : -1;
            }
        }
        return new MergedTrace(
                new TimeSeries(times, course.wallW()),
                new TimeSeries(times, course.gpuW()),
                run.gpuW().stream().map(values -> new TimeSeries(times, values)).toList(),
                new TimeSeries(times, view.residualsOver(n)),
                Arrays.asList(phase));
    }

    /** How often each interval between changes of a reading occurs; intervals above 4 s are left out. */
    public static Curve changeIntervals(PowerSeries series) {
        int[] counts = new int[LONGEST_INTERVAL_MS + 1];
        double last = Double.NaN;
        for (int i = 1; i < series.size(); i++) {
            if (series.milliwatts(i) != series.milliwatts(i - 1)) {
                double middle = (series.timeMs(i) + series.timeMs(i - 1)) / 2.0;
                double interval = middle - last;
                if (interval <= LONGEST_INTERVAL_MS) { // false for the first, whose interval is NaN
                    counts[(int) Math.rint(interval)]++;
                }
                last = middle;
            }
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int ms = 0; ms <= LONGEST_INTERVAL_MS; ms++) {
            if (counts[ms] > 0) {
                x.add((double) ms);
                y.add((double) counts[ms]);
            }
        }
        return new Curve(
                "interval between changes [ms]",
                "count",
                x.stream().mapToDouble(Double::doubleValue).toArray(),
                y.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
