package dev.wattline.mock.ptd;

import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measurements: samples taken on their grid. It acts only when told that time has passed ({@link #runNext}), so that a
 * test drives it by a clock of its own.
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
    private final SampleRecorder recorder;
    private final FaultPlan plan;
    private final FaultEffects effects;
    private final long originNanos;
    private @Nullable Run run;
    private int measurements; // started so far

    /** A measurement that goes on. */
    private static final class Run {
        final SampleGrid grid;
        final int rampUp; // samples to discard
        final DisturbedRecorder recorder;
        String mark;
        long next; // index of the next sample to deliver
        long end; // the samples to take; the measurement completes at this tick
        boolean stopping;
        long looked; // samples whose faults have been looked up
        List<Disturb> disturbances = List.of(); // of the next sample
        long late; // ticks by which the next sample's reading is late

        Run(SampleGrid grid, int rampUp, String mark, long end, DisturbedRecorder recorder) {
            this.grid = grid;
            this.rampUp = rampUp;
            this.mark = mark;
            this.end = end;
            this.recorder = recorder;
        }

        long nextEvent() {
            return next < end ? grid.deliveredAt(next + missed()) : grid.tick(end);
        }

        /** Ticks that the next sample's reading outlasts, within the measurement. */
        long missed() {
            return Math.min(late, end - 1 - next);
        }
    }

    /**
     * @param speed divides every interval
     * @param effects the clocks, and what happens to samples
     */
    Meter(
            double speed,
            Duration readLatency,
            SampleSource source,
            SampleRecorder recorder,
            FaultPlan plan,
            FaultEffects effects) {
        this.time = effects;
        this.speed = speed;
        this.readLatency = readLatency;
        this.source = source;
        this.recorder = recorder;
        this.plan = plan;
        this.effects = effects;
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
        SampleGrid grid = new SampleGrid(time.nanoTime(), interval, latency);
        recorder.reset();
        measurements++;
        source.begin(mark);
        run = new Run(grid, rampUp, mark, maxSamples + rampUp, new DisturbedRecorder(recorder));
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
        recorder.reset();
    }

    /** Changes the mark of the rows to come; false if there is no measurement. */
    boolean mark(String mark) {
        if (run == null) {
            return false;
        }
        run.mark = mark;
        return true;
    }

    /** What the analyzer shows now, measured or not. */
    Sample current() {
        return source.current(seconds(time.nanoTime()));
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
        if (current.next >= current.end) {
            current.recorder.release(current.mark);
            run = null;
            recorder.printClosing(wallTime(current.grid.tick(current.end)));
            return;
        }
        if (current.looked <= current.next) {
            lookUpFaults(current);
            if (current.missed() > 0) {
                return; // this reading takes longer
            }
        }
        take(current);
    }

    /** Nothing was done until now: the samples of this time are missed. */
    void missUntil(long nanos) {
        Run current = run;
        if (current == null || current.next >= current.end) {
            return;
        }
        long ticks = Math.floorDiv(nanos - current.grid.deliveredAt(current.next), current.grid.intervalNanos());
        current.late = Math.max(current.late, ticks);
    }

    private void lookUpFaults(Run current) {
        current.looked = current.next + 1;
        plan.onSample(measurements, current.looked);
        current.disturbances = effects.takeDisturbances();
        int missed = current.disturbances.stream()
                .filter(one -> one.kind() == Disturbance.MISSED)
                .mapToInt(Disturb::samples)
                .sum();
        current.late = Math.max(current.late, missed);
    }

    private void take(Run current) {
        long due = current.nextEvent();
        long missed = current.missed();
        double to = seconds(due);
        Sample sample = source.read(to - current.grid.intervalNanos() * speed / 1e9, to);
        boolean counts = current.next >= current.rampUp;
        current.next += 1 + missed;
        current.late = 0;
        if (counts) {
            Instant at = wallTime(due);
            current.recorder.record(at, sample, current.mark, current.disturbances);
            for (long i = 0; i < missed; i++) {
                recorder.record(at, Sample.missed(sample.channels().size()), current.mark);
            }
        }
    }

    private double seconds(long nanos) {
        return (nanos - originNanos) * speed / 1e9;
    }

    /** The wall time of a monotonic moment near now; so the stamps follow a clock that is set. */
    private Instant wallTime(long nanos) {
        return time.now().minusNanos(time.nanoTime() - nanos);
    }
}
