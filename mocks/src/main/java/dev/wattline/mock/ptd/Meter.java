package dev.wattline.mock.ptd;

import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measurements: samples on their grid, into the data log, the unread queue and the statistics. It acts only when told
 * that time has passed ({@link #runNext}), so that a test drives it by a clock of its own.
 */
final class Meter {
    /** No measurement takes more. */
    static final long MAX_SAMPLES = 500_000;
    /** The mark of rows whose {@code Go} gave none. */
    static final String NO_MARK = "notset";

    private static final long NEVER = Long.MAX_VALUE;

    private final TimeSource time;
    private final double speed;
    private final Duration readLatency;
    private final SampleSource source;
    private final SampleLines lines;
    private final UncertaintyModel uncertainties;
    private final StdoutLog stdout;
    private final Optional<DataLog> dataLog;
    private final int statisticsChannels;
    private final long originNanos;
    private final ArrayDeque<String> unread = new ArrayDeque<>();
    private Statistics statistics;
    private Optional<Sample> latest = Optional.empty();
    private @Nullable Run run;

    /** A measurement that goes on. */
    private static final class Run {
        final SampleGrid grid;
        final int rampUp; // samples to discard
        String mark;
        long next; // index of the next sample to deliver
        long end; // the samples to take; the measurement completes at this tick
        boolean stopping;

        Run(SampleGrid grid, int rampUp, String mark, long end) {
            this.grid = grid;
            this.rampUp = rampUp;
            this.mark = mark;
            this.end = end;
        }

        long nextEvent() {
            return next < end ? grid.deliveredAt(next) : grid.tick(end);
        }
    }

    Meter(
            TimeSource time,
            double speed,
            DeviceProfile profile,
            Instrument instrument,
            SampleSource source,
            StdoutLog stdout,
            Optional<DataLog> dataLog,
            boolean extendedLog) {
        this.time = time;
        this.speed = speed;
        this.readLatency = profile.readLatency();
        this.source = source;
        this.stdout = stdout;
        this.dataLog = dataLog;
        this.uncertainties = new UncertaintyModel(instrument);
        EventLog events = new EventLog(stdout, extendedLog ? dataLog : Optional.empty());
        this.lines = new SampleLines(profile, instrument, uncertainties, events);
        this.statisticsChannels = profile.type().multichannel() ? instrument.channels() : 0;
        this.statistics = new Statistics(uncertainties, statisticsChannels);
        this.originNanos = time.nanoTime();
    }

    /** Whether a measurement takes samples or waits for its last tick. */
    boolean running() {
        return run != null;
    }

    /** Whether a measurement was stopped and waits for its last tick: no command is answered until then. */
    boolean stopping() {
        return run != null && run.stopping;
    }

    /**
     * Starts a measurement, forgetting the previous one's statistics and unread samples.
     *
     * @param maxSamples the measurement ends by itself after this many, ramp-up not counted
     */
    void start(int intervalMillis, int rampUp, String mark, long maxSamples) {
        long interval = Math.max(1, Math.round(intervalMillis * 1e6 / speed));
        long latency = Math.min(interval / 2, Math.round(readLatency.toNanos() / speed));
        reset();
        source.begin(mark);
        run = new Run(new SampleGrid(time.nanoTime(), interval, latency), rampUp, mark, maxSamples + rampUp);
    }

    /** Ends the measurement at the next tick; false if there is none. */
    boolean stop() {
        if (run == null) {
            return false;
        }
        run.end = Math.min(run.end, run.grid.samplesIfStoppedAt(time.nanoTime()));
        run.stopping = true;
        return true;
    }

    /** Ends the measurement at once, without a closing line, and forgets its statistics and unread samples. */
    void reset() {
        run = null;
        unread.clear();
        statistics = new Statistics(uncertainties, statisticsChannels);
    }

    /** Changes the mark of the rows to come; false if there is no measurement. */
    boolean mark(String mark) {
        if (run == null) {
            return false;
        }
        run.mark = mark;
        return true;
    }

    /** The statistics of the running or the last measurement. */
    Statistics statistics() {
        return statistics;
    }

    /** The newest reading, measured or not: between measurements the analyzer shows something too. */
    Sample latest() {
        return latest.orElseGet(() -> {
            double now = seconds(time.nanoTime());
            return source.read(now - 1, now);
        });
    }

    int unread() {
        return unread.size();
    }

    /** Takes this many rows out of the unread queue, oldest first. */
    List<String> takeUnread(int count) {
        List<String> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(unread.remove());
        }
        return rows;
    }

    /** When {@link #runNext} has something to do, in monotonic nanoseconds; {@link Long#MAX_VALUE} for never. */
    long nextEventNanos() {
        return run == null ? NEVER : run.nextEvent();
    }

    /** Takes the sample, or completes the measurement, that was due at {@link #nextEventNanos}. */
    void runNext() {
        Run current = run;
        if (current == null) {
            return;
        }
        if (current.next < current.end) {
            long due = current.grid.deliveredAt(current.next);
            double to = seconds(due);
            Sample sample = source.read(to - current.grid.intervalNanos() * speed / 1e9, to);
            current.next++;
            if (current.next > current.rampUp) {
                record(wallTime(due), sample, current.mark);
            }
        } else {
            complete(wallTime(current.grid.tick(current.end)));
        }
    }

    private void record(Instant at, Sample sample, String mark) {
        latest = Optional.of(sample);
        String stamp = stdout.stamp(at);
        String row = Rows.logged(stamp, sample, mark);
        dataLog.ifPresentOrElse(log -> log.row(row), () -> stdout.plain(row));
        unread.add(Rows.sent(stamp, sample));
        statistics.add(sample);
        lines.print(at, sample);
        stdout.flush();
    }

    private void complete(Instant at) {
        run = null;
        stdout.stamped(at, "Completed test");
        stdout.stampedRaw(at, statistics.of(Quantity.WATTS, 0).closingLine() + "\r\n");
        stdout.flush();
    }

    private double seconds(long nanos) {
        return (nanos - originNanos) * speed / 1e9;
    }

    /** The wall time of a monotonic moment near now; so the stamps follow a clock that is set. */
    private Instant wallTime(long nanos) {
        return time.now().minusNanos(time.nanoTime() - nanos);
    }
}
