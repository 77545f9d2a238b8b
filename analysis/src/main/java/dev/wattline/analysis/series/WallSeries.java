package dev.wattline.analysis.series;

import dev.wattline.files.SplReader;
import dev.wattline.model.PowerSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An analyzer's power over time. Each value is the mean over the time since the stamp before, and the first value has no
 * such time: it stands for a median interval. Values that the analyzer marked as errors are NaN. Immutable.
 */
public final class WallSeries {
    private static final int EXAMPLES = 3;
    private static final String REMEDY = "Give the spl.txt of a phase, or PTDaemon's -l file.";

    private final double[] endsMs;
    private final double[] watts;
    private final long rejected;
    private final List<String> examples;
    private final double medianMs;

    /** The series of these stamps in ms since the epoch, which must rise, and values in W. */
    public WallSeries(long[] endsMs, double[] watts, long rejected) {
        this(endsMs, watts, rejected, List.of());
    }

    private WallSeries(long[] endsMs, double[] watts, long rejected, List<String> examples) {
        this.endsMs = Arrays.stream(endsMs).asDoubleStream().toArray();
        this.watts = watts.clone();
        this.rejected = rejected;
        this.examples = List.copyOf(examples);
        this.medianMs = median(this.endsMs);
    }

    /**
     * Reads an {@code spl.txt}; of a multichannel or merged row the sum counts. Rows that are not newer than the one
     * before them are counted as rejected.
     *
     * @throws AnalysisInputException if it cannot be read or holds fewer than two samples
     */
    public static WallSeries read(Path spl) {
        long[] times = new long[4096];
        double[] watts = new double[4096];
        int n = 0;
        long late = 0;
        List<String> examples = new ArrayList<>();
        long rejected;
        try (SplReader reader = SplReader.open(spl)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                long at = sample.at().toEpochMilli();
                if (n > 0 && at <= times[n - 1]) {
                    late++;
                    if (examples.size() < EXAMPLES) {
                        examples.add("line " + reader.line() + ": its time is not later than the sample's before it");
                    }
                    continue;
                }
                if (n == times.length) {
                    times = Arrays.copyOf(times, 2 * n);
                    watts = Arrays.copyOf(watts, 2 * n);
                }
                times[n] = at;
                watts[n++] = sample.reading().decodedWatts();
            }
            rejected = late + reader.rejected();
            reader.rejections().stream()
                    .limit(EXAMPLES)
                    .forEach(line -> examples.add("line " + line.line() + ": " + line.reason()));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(spl, REMEDY, e);
        }
        if (n < 2) {
            String others = examples.isEmpty() ? "" : " and other lines, " + rejected + " in all; " + examples.get(0);
            throw new AnalysisInputException(
                    spl + ": expected an analyzer's log of two samples or more, found " + n + others, REMEDY);
        }
        return new WallSeries(Arrays.copyOf(times, n), Arrays.copyOf(watts, n), rejected, examples);
    }

    private static double median(double[] ends) {
        double[] intervals = new double[Math.max(1, ends.length - 1)];
        for (int i = 1; i < ends.length; i++) {
            intervals[i - 1] = ends[i] - ends[i - 1];
        }
        Arrays.sort(intervals);
        int n = intervals.length;
        return (intervals[(n - 1) / 2] + intervals[n / 2]) / 2;
    }

    public int size() {
        return endsMs.length;
    }

    /** Rows that were no samples, or out of order. */
    public long rejected() {
        return rejected;
    }

    /** The first of them, with their line numbers and what is wrong with them. */
    public List<String> examples() {
        return examples;
    }

    /** Stamp of a value, the end of its time, in ms since the epoch. */
    public double endMs(int index) {
        return endsMs[index];
    }

    /** Begin of a value's time in ms since the epoch. */
    public double startMs(int index) {
        return index == 0 ? endsMs[0] - medianMs : endsMs[index - 1];
    }

    public double watts(int index) {
        return watts[index];
    }

    /** Median interval in ms. */
    public double medianMs() {
        return medianMs;
    }

    /** Begin of the time that the log covers, in ms since the epoch. */
    public double firstMs() {
        return startMs(0);
    }

    public double lastMs() {
        return endsMs[endsMs.length - 1];
    }

    /** Whether the value is a number and stands for about one interval, not for a hole in the log. */
    public boolean isGood(int index) {
        return !Double.isNaN(watts[index]) && endsMs[index] - startMs(index) <= 2.5 * medianMs;
    }

    /** Whether the value is good and none is missing before it: it stands for the mean over just its interval. */
    public boolean isSingle(int index) {
        return isGood(index) && endsMs[index] - startMs(index) <= 1.5 * medianMs;
    }

    /** Index of the first value that ends after this time in ms; the size if there is none. */
    int indexEndingAfter(double epochMs) {
        int found = Arrays.binarySearch(endsMs, epochMs);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Energy between two times in ms since the epoch, with its interval. */
    public WallEnergy energy(double fromMs, double toMs) {
        return WallEnergy.over(this, fromMs, toMs);
    }
}
