package dev.wattline.analysis.telemetry;

import dev.wattline.analysis.phases.Course;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.series.WallSeries;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything on one time axis: that of the analyzer's values or, without analyzer, of seconds.
 *
 * @param course the signals that phases are sought in
 * @param gpuW each GPU's power as reported over each interval, in W; NaN where it has no readings
 */
public record AlignedSignals(Course course, List<double[]> gpuW) {
    private static final double SECOND_MS = 1000;
    private static final double GAP = 2.5;

    /** Length of the longest axis in intervals: a day of an analyzer at 10 Hz. */
    private static final int MAX_INTERVALS = 2_000_000;

    public static AlignedSignals of(@Nullable WallSeries wall, @Nullable PreparedTelemetry telemetry) {
        double[][] axis = wall != null ? axis(wall) : axis(java.util.Objects.requireNonNull(telemetry));
        double[] starts = axis[0];
        double[] ends = axis[1];
        int n = starts.length;
        double[] wallW = none(n);
        for (int i = 0; wall != null && i < n; i++) {
            wallW[i] = wall.isGood(i) ? wall.watts(i) : Double.NaN;
        }
        if (telemetry == null) {
            return new AlignedSignals(new Course(starts, ends, wallW, none(n), none(n), none(n)), List.of());
        }
        if (!telemetry.unplaced().isEmpty()) {
            return new AlignedSignals(
                    new Course(starts, ends, wallW, none(n), none(n), none(n)), nothing(telemetry, n));
        }
        List<double[]> gpus = telemetry.gpus().stream()
                .map(gpu -> means(gpu, starts, ends, telemetry.lagS() * 1e3))
                .toList();
        double[] sum = new double[n];
        double[] utilisation = new double[n];
        double[] memory = new double[n];
        double move = telemetry.lagS() * 1e3;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < gpus.size(); k++) {
                sum[i] += gpus.get(k)[i];
                var log = telemetry.gpus().get(k).log();
                utilisation[i] += log.utilisation().mean(starts[i] + move, ends[i] + move - 1) / gpus.size();
                memory[i] += log.memory().mean(starts[i] + move, ends[i] + move - 1) / gpus.size();
            }
        }
        return new AlignedSignals(new Course(starts, ends, wallW, sum, utilisation, memory), gpus);
    }

    private static double[] none(int size) {
        double[] none = new double[size];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    /** No reading of any GPU: where this log lies on the analyzer's axis is not known. */
    private static List<double[]> nothing(PreparedTelemetry telemetry, int size) {
        return telemetry.gpus().stream().map(gpu -> none(size)).toList();
    }

    private static double[][] axis(WallSeries wall) {
        double[] starts = new double[wall.size()];
        double[] ends = new double[wall.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = wall.startMs(i);
            ends[i] = wall.endMs(i);
        }
        return new double[][] {starts, ends};
    }

    private static double[][] axis(PreparedTelemetry telemetry) {
        double step = Math.max(SECOND_MS, telemetry.polls().medianMs());
        double from = Double.POSITIVE_INFINITY;
        double to = Double.NEGATIVE_INFINITY;
        for (PreparedTelemetry.Gpu gpu : telemetry.gpus()) {
            double move = gpu.model().centreShiftMs() + telemetry.lagS() * 1e3;
            from = Math.min(from, gpu.series().firstMs() - move);
            to = Math.max(to, gpu.series().lastMs() - move);
        }
        int n = (int) Math.min(MAX_INTERVALS, Math.max(1, (to - from) / step));
        double[] starts = new double[n];
        double[] ends = new double[n];
        for (int i = 0; i < n; i++) {
            starts[i] = from + i * step;
            ends[i] = from + (i + 1) * step;
        }
        return new double[][] {starts, ends};
    }

    /** Mean power as reported over each interval, stamps moved to the middle of what they saw. */
    private static double[] means(PreparedTelemetry.Gpu gpu, double[] starts, double[] ends, double lagMs) {
        double move = gpu.model().centreShiftMs() + lagMs;
        PowerSeries series = gpu.series();
        double[] from = Arrays.stream(starts).map(t -> t + move).toArray();
        double[] to = Arrays.stream(ends).map(t -> t + move).toArray();
        double[] begin = series.energyAt(from);
        double[] end = series.energyAt(to);
        double[] means = new double[starts.length];
        double longest = GAP * gpu.model().stepMs(gpu.polls().medianMs());
        int next = 1;
        for (int i = 0; i < means.length; i++) {
            boolean covered = from[i] >= series.firstMs() && to[i] <= series.lastMs();
            while (next < series.size() - 1 && series.timeMs(next) < to[i]) {
                next++;
            }
            boolean hole =
                    series.timeMs(next) - series.timeMs(next - 1) > longest && series.timeMs(next - 1) <= from[i];
            means[i] = covered && !hole ? (end[i] - begin[i]) / (to[i] - from[i]) * 1e3 : Double.NaN;
        }
        return means;
    }
}
