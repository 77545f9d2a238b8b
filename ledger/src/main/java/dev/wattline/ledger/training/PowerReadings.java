package dev.wattline.ledger.training;

import dev.wattline.ledger.read.json.MllogLines;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The power log of a node: a start stamp, readings, a stop stamp, and perhaps a conversion efficiency, in MLPerf's logging
 * form.
 *
 * @param file relative to the folder of the benchmark
 * @param startMillis stamp of {@code power_measurement_start}, milliseconds since 1970; NaN if there is none
 * @param stopMillis stamp of {@code power_measurement_stop}; NaN if there is none
 * @param millis stamps of the readings in the file's order
 * @param watts the readings in the file's order, W
 * @param efficiency {@code conversion_eff}, 1 where the log has none
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
record PowerReadings(
        String file, double startMillis, double stopMillis, double[] millis, double[] watts, double efficiency) {
    private static final String START = "power_measurement_start";
    private static final String STOP = "power_measurement_stop";
    private static final String READING = "power_reading";
    private static final String EFFICIENCY = "conversion_eff";
    private static final Set<String> KEYS = Set.of(START, STOP, READING, EFFICIENCY);

    /**
     * Reads a node's log.
     *
     * @throws IOException if the file cannot be read
     */
    static PowerReadings read(Path path, String file, Consumer<Finding> findings) throws IOException {
        double start = Double.NaN;
        double stop = Double.NaN;
        double efficiency = 1;
        double[] millis = new double[256];
        double[] watts = new double[256];
        int count = 0;
        try (MllogLines lines = MllogLines.open(path, KEYS)) {
            for (MllogLines.Entry entry = lines.next(); entry != null; entry = lines.next()) {
                switch (entry.key()) {
                    case START -> start = Double.isNaN(start) ? entry.millis() : start;
                    case STOP -> stop = Double.isNaN(stop) ? entry.millis() : stop;
                    case EFFICIENCY -> efficiency = Double.isNaN(entry.number()) ? efficiency : entry.number();
                    default -> {
                        if (Double.isNaN(entry.number())) {
                            findings.accept(Finding.of("training-line-unreadable", "a power reading is no number")
                                    .at(file, entry.line()));
                            continue;
                        }
                        if (count == millis.length) {
                            millis = Arrays.copyOf(millis, 2 * count);
                            watts = Arrays.copyOf(watts, 2 * count);
                        }
                        millis[count] = entry.millis();
                        watts[count++] = entry.number();
                    }
                }
            }
            if (lines.unreadableLines() > 0) {
                findings.accept(
                        Finding.of("training-line-unreadable", lines.unreadableLines() + " lines are no log entries")
                                .at(file, lines.firstUnreadableLine())
                                .with("lines", lines.unreadableLines()));
            }
        }
        return new PowerReadings(
                file, start, stop, Arrays.copyOf(millis, count), Arrays.copyOf(watts, count), efficiency);
    }

    int count() {
        return millis.length;
    }

    /** Whether there is enough to compute an energy from: a start and two readings. */
    boolean usable() {
        return !Double.isNaN(startMillis) && count() >= 2;
    }

    /** Whether the stop stamp ends the measurement; in many logs it repeats the start stamp. */
    boolean stopIsLater() {
        return stopMillis > startMillis;
    }

    /** Number of readings that are older than the one before them. */
    int outOfOrder() {
        return (int) IntStream.range(1, count())
                .filter(i -> millis[i] < millis[i - 1])
                .count();
    }

    /** The same with the readings in the order of their stamps; equal stamps stay in the file's order. */
    PowerReadings sorted() {
        if (outOfOrder() == 0) {
            return this;
        }
        List<Integer> order = IntStream.range(0, count())
                .boxed()
                .sorted((a, b) -> Double.compare(millis[a], millis[b]))
                .toList();
        return new PowerReadings(
                file,
                startMillis,
                stopMillis,
                order.stream().mapToDouble(i -> millis[i]).toArray(),
                order.stream().mapToDouble(i -> watts[i]).toArray(),
                efficiency);
    }

    /** End of the measurement: the stop stamp, or the latest reading where that is not later than the start. */
    double endMillis() {
        return stopIsLater() ? stopMillis : Arrays.stream(millis).max().orElse(Double.NaN);
    }

    /**
     * Mean power of the log as the official result summarizer takes it: each reading counts for the time since the one
     * before it, in the order in which the readings stand here, W. Times the efficiency.
     */
    double officialMeanWatts() {
        double end = endMillis();
        double sum = 0;
        double previous = startMillis;
        for (int i = 0; i < count(); i++) {
            if (millis[i] >= startMillis && millis[i] <= end) {
                sum += watts[i] * (millis[i] - previous);
                previous = millis[i];
            }
        }
        return efficiency * sum / (end - startMillis);
    }

    /**
     * Energy from one time to another by the trapezoid rule with linear interpolation at both ends, J, times the
     * efficiency. Before the first and after the last reading the nearest counts. The readings must be in order.
     */
    double energyJoules(double from, double to) {
        double joules = 0;
        double at = from;
        double power = wattsAt(from);
        for (int i = 0; i < count() && millis[i] < to; i++) {
            if (millis[i] > from) {
                joules += (power + watts[i]) / 2 * (millis[i] - at) / 1e3;
                at = millis[i];
                power = watts[i];
            }
        }
        joules += (power + wattsAt(to)) / 2 * (to - at) / 1e3;
        return joules * efficiency;
    }

    private double wattsAt(double time) {
        int after = 0;
        while (after < count() && millis[after] < time) {
            after++;
        }
        if (after == 0) {
            return watts[0];
        }
        if (after == count()) {
            return watts[count() - 1];
        }
        double span = millis[after] - millis[after - 1];
        double share = span == 0 ? 1 : (time - millis[after - 1]) / span;
        return watts[after - 1] + share * (watts[after] - watts[after - 1]);
    }

    /** The share of a time span that lies between the first and the last reading, 0 to 1. */
    double coverage(double from, double to) {
        double covered = Math.min(to, millis[count() - 1]) - Math.max(from, millis[0]);
        return Math.max(0, covered) / (to - from);
    }

    /** The longest time without a reading within a time span, s; the span's ends count as readings. */
    double longestGapSeconds(double from, double to) {
        double longest = 0;
        double previous = from;
        for (int i = 0; i < count() && millis[i] < to; i++) {
            if (millis[i] > from) {
                longest = Math.max(longest, millis[i] - previous);
                previous = millis[i];
            }
        }
        return Math.max(longest, to - previous) / 1e3;
    }

    /** The median time between readings, s. */
    double intervalSeconds() {
        double[] steps = IntStream.range(1, count())
                .mapToDouble(i -> millis[i] - millis[i - 1])
                .sorted()
                .toArray();
        return steps[steps.length / 2] / 1e3;
    }

    /** The readings before a time, with their plain mean; the readings must be in order. */
    TrainingRun.Span before(double time) {
        int end = 0;
        while (end < count() && millis[end] < time) {
            end++;
        }
        return span(0, end);
    }

    /** The readings after a time, with their plain mean; the readings must be in order. */
    TrainingRun.Span after(double time) {
        int begin = count();
        while (begin > 0 && millis[begin - 1] > time) {
            begin--;
        }
        return span(begin, count());
    }

    private TrainingRun.Span span(int from, int to) {
        return to == from
                ? new TrainingRun.Span(0, 0)
                : new TrainingRun.Span(
                        (millis[to - 1] - millis[from]) / 1e3,
                        efficiency * Arrays.stream(watts, from, to).average().orElse(0));
    }

    /** Equal for two logs with the same readings, whatever their files are called. */
    int contentHash() {
        return 31 * Arrays.hashCode(millis) + Arrays.hashCode(watts);
    }
}
