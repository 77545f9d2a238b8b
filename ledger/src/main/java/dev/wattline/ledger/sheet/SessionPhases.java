package dev.wattline.ledger.sheet;

import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SplReader;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Power of a session's testing phase by the analyzer's log, before, in and after LoadGen's window, in W. The ends of the
 * window belong to it. Samples that are not above 0, such as missed ones, do not count.
 *
 * @param windowSeconds from {@code power_begin} to {@code power_end}
 * @param window the samples in the window
 * @param before the samples before it
 * @param after the samples after it
 * @param p99 of the samples in the window in order, the one at 99 % of the way from the first to the last, rounded down
 * @param cv population standard deviation of the samples in the window over their mean
 * @param idle the least mean of ten samples in a row before the window; empty of fewer
 * @param warmUp the samples in the window up to the first ten in a row with a mean of 95 % of the window's median
 * @param steady the samples in the window after that
 */
public record SessionPhases(
        double windowSeconds,
        Span window,
        Span before,
        Span after,
        double p99,
        double cv,
        Span idle,
        Span warmUp,
        Span steady) {
    private static final int RUN = 10;
    private static final double WARM = 0.95;

    /**
     * A stretch of samples.
     *
     * @param samples how many
     * @param seconds from the first to the last
     * @param mean their mean, W; NaN of none
     * @param least the least of them, W
     * @param greatest the greatest of them, W
     */
    public record Span(int samples, double seconds, double mean, double least, double greatest) {
        static final Span NONE = new Span(0, 0, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Reads the logs of a session.
     *
     * @param shift what to add to LoadGen's times to have the analyzer's
     * @return empty if a log is missing, LoadGen's log tells no window, or no sample lies in it
     * @throws IOException if a log cannot be read
     */
    public static Optional<SessionPhases> read(Path session, Duration shift) throws IOException {
        SessionFolder folder = new SessionFolder(session);
        Path detail = folder.loadgenDetail(Phase.TESTING);
        Path spl = folder.spl(Phase.TESTING);
        if (!Files.isRegularFile(detail) || !Files.isRegularFile(spl)) {
            return Optional.empty();
        }
        Optional<PowerWindow> window = LoadgenLog.powerWindow(detail);
        if (window.isEmpty()) {
            return Optional.empty();
        }
        Samples samples = new Samples();
        try (SplReader reader = SplReader.open(spl)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                if (sample.reading().watts() > 0) {
                    samples.add(sample.at().toEpochMilli(), sample.reading().watts());
                }
            }
        }
        return of(
                samples,
                window.get().begin().plus(shift).toEpochMilli(),
                window.get().end().plus(shift).toEpochMilli());
    }

    private static Optional<SessionPhases> of(Samples samples, long begin, long end) {
        int from = 0;
        while (from < samples.count && samples.millis[from] < begin) {
            from++;
        }
        int to = samples.count;
        while (to > from && samples.millis[to - 1] > end) {
            to--;
        }
        if (to == from) {
            return Optional.empty();
        }
        double[] inWindow = Arrays.copyOfRange(samples.watts, from, to);
        Span window = samples.span(from, to);
        double squares = Arrays.stream(inWindow)
                .map(watts -> (watts - window.mean()) * (watts - window.mean()))
                .sum();
        double[] sorted = inWindow.clone();
        Arrays.sort(sorted);
        int warm = samples.firstWarm(from, to, WARM * median(sorted));
        return Optional.of(new SessionPhases(
                (end - begin) / 1e3,
                window,
                samples.span(0, from),
                samples.span(to, samples.count),
                sorted[(int) Math.floor(0.99 * (sorted.length - 1))],
                Math.sqrt(squares / inWindow.length) / window.mean(),
                samples.leastRun(from),
                samples.span(from, warm),
                samples.span(warm, to)));
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    /** Samples in the order of the log; a log of an hour at 1 s holds some thousand. */
    private static final class Samples {
        private long[] millis = new long[1024];
        private double[] watts = new double[1024];
        private int count;

        void add(long at, double power) {
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
                watts = Arrays.copyOf(watts, 2 * count);
            }
            millis[count] = at;
            watts[count++] = power;
        }

        Span span(int from, int to) {
            if (from >= to) {
                return Span.NONE;
            }
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                sum += watts[i];
                least = Math.min(least, watts[i]);
                greatest = Math.max(greatest, watts[i]);
            }
            return new Span(to - from, (millis[to - 1] - millis[from]) / 1e3, sum / (to - from), least, greatest);
        }

        Span leastRun(int end) {
            Span least = Span.NONE;
            for (int from = 0; from + RUN <= end; from++) {
                Span run = span(from, from + RUN);
                if (least.samples() == 0 || run.mean() < least.mean()) {
                    least = run;
                }
            }
            return least;
        }

        /** The first sample from which on ten in a row have this mean; the first of all where none has. */
        int firstWarm(int from, int to, double mean) {
            for (int first = from; first + RUN <= to; first++) {
                if (span(first, first + RUN).mean() >= mean) {
                    return first;
                }
            }
            return from;
        }
    }
}
