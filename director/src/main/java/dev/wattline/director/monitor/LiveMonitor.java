package dev.wattline.director.monitor;

import dev.wattline.compliance.sample.SetRanges;
import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveState;
import dev.wattline.director.results.LogTail;
import dev.wattline.model.FreeSpace;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.PtdTime;
import dev.wattline.model.ReadingKind;
import dev.wattline.model.SplRow;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.time.ClockWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a phase by PTDaemon's log files alone, so that nothing is sent to it that would not be sent without a watcher:
 * passes live watts to a client that asked for them and reports failing checks. It has a thread of its own.
 */
public final class LiveMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveMonitor.class);
    private static final long POLL_MILLIS = 250;
    private static final int CLOCK_EACH = 4; // polls between two looks at clocks and disk: 1 s
    private static final int SETTING_UP_BYTES = 1 << 14; // more than it prints from the first range command to Go
    public static final long LEAST_DISK_BYTES = 64L * 1024 * 1024; // 13 hours of one analyzer need about 40 MB

    /**
     * Who is told of what the log says.
     *
     * @param client gets live watts if it asked for them
     * @param live gets each sample
     * @param alarm gets failing checks
     */
    public record Audience(ControlClient client, LiveFeed live, Consumer<Finding> alarm) {}

    private record Watched(Analyzer analyzer, LogTail rows, LogTail output, LiveChecks checks) {}

    private final Phase phase;
    private final String mark;
    private final List<Watched> watched = new ArrayList<>();
    private final ControlClient client;
    private final LiveFeed live;
    private final Consumer<Finding> listener;
    private final TimeSource time;
    private final Path folder;
    private final ClockWatch clock;
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> polling;
    private final long startNanos;
    private long polls;
    private long pushed; // samples that every analyzer had when they were told
    private boolean diskTold;

    /**
     * Where to read on in the analyzers' data logs, so that the rows of earlier phases are not read again.
     *
     * @throws IOException if a log is there but cannot be read
     */
    public static Map<Integer, LogTail> rowsFromNowOn(List<Analyzer> analyzers) throws IOException {
        Map<Integer, LogTail> tails = new HashMap<>();
        for (Analyzer analyzer : analyzers) {
            LogTail tail = new LogTail(analyzer.files().dataLog());
            tail.skip(0);
            tails.put(analyzer.number(), tail);
        }
        return tails;
    }

    /** @param rows made by {@link #rowsFromNowOn} before the measurement began */
    public LiveMonitor(
            Phase phase,
            String mark,
            List<Analyzer> analyzers,
            Map<Integer, LogTail> rows,
            Path folder,
            Audience audience,
            TimeSource time)
            throws IOException {
        this.phase = phase;
        this.mark = mark;
        this.client = audience.client();
        this.live = audience.live();
        this.listener = audience.alarm();
        this.time = time;
        this.folder = folder;
        this.clock = new ClockWatch(time);
        this.startNanos = time.nanoTime();
        for (Analyzer analyzer : analyzers) {
            watched.add(watch(analyzer, Objects.requireNonNull(rows.get(analyzer.number()))));
        }
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread monitor = new Thread(task, "live-monitor");
            monitor.setDaemon(true);
            return monitor;
        });
        this.polling = thread.scheduleAtFixedRate(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What was printed up to Go tells the ranges; what has been printed since belongs to this measurement already. */
    private Watched watch(Analyzer analyzer, LogTail rows) throws IOException {
        LogTail output = new LogTail(analyzer.files().output());
        List<String> lines = output.skip(SETTING_UP_BYTES);
        String go = "Go with mark '" + mark + "'";
        int measuring = lines.size();
        SetRanges ranges = new SetRanges();
        for (int i = 0; i < measuring; i++) {
            ranges.message(PtdTime.message(lines.get(i)));
            if (lines.get(i).contains(go)) {
                measuring = i + 1;
            }
        }
        LiveChecks checks = new LiveChecks(analyzer.number(), phase, ranges, startNanos, listener);
        lines.subList(measuring, lines.size()).forEach(line -> printed(checks, line));
        return new Watched(analyzer, rows, output, checks);
    }

    private void printed(LiveChecks checks, String line) {
        checks.printed(line, PtdTime.isAt(line, 0) ? PtdTime.parse(line, 0) : time.now());
    }

    private void poll() {
        poll(++polls % CLOCK_EACH == 0);
    }

    private void poll(boolean atClock) {
        try {
            boolean fresh = false;
            for (Watched one : watched) {
                fresh |= follow(one);
            }
            Instant now = time.now();
            long nanos = time.nanoTime();
            if (fresh) {
                push(now);
            }
            Duration sinceGo = Duration.ofNanos(nanos - startNanos);
            watched.forEach(one -> one.checks().elapsed(sinceGo, nanos, now));
            if (atClock) {
                clock.tick();
                clock.noticed().forEach(this::clock);
                disk(now);
            }
        } catch (IOException | RuntimeException e) { // a watcher must not end what it watches, nor stop watching
            LOG.warn("phase={} could not follow PTDaemon's log: {}", phase.word(), e.toString());
        }
    }

    private void clock(ClockWatch.Observation seen) {
        String text = phase.word() + ": on the director " + seen.describe();
        listener.accept(
                seen instanceof ClockWatch.Gap
                        ? Alarm.stalled(seen.at(), text)
                        : Finding.warning("clock-step", text).when(seen.at()));
    }

    private boolean follow(Watched one) throws IOException {
        boolean fresh = false;
        for (String row : one.rows().poll()) {
            if (row.contains(",Mark," + mark)) {
                try {
                    one.checks().sample(SplRow.parse(row), time.nanoTime());
                    fresh = true;
                } catch (IllegalArgumentException e) {
                    one.checks().malformed(String.valueOf(e.getMessage()), time.now());
                }
            }
        }
        for (String line : one.output().poll()) {
            printed(one.checks(), line);
        }
        return fresh;
    }

    private void push(Instant now) {
        List<Double> each = new ArrayList<>();
        long samples = Long.MAX_VALUE;
        for (Watched one : watched) {
            PowerSample last = one.checks().last();
            if (last == null || last.reading().kind() != ReadingKind.VALID) {
                return; // a sum without one of its terms would be wrong
            }
            each.add(last.reading().watts());
            samples = Math.min(samples, one.checks().samples());
        }
        if (samples == pushed) {
            return; // another analyzer's half of the sample that comes next
        }
        pushed = samples;
        double watts = each.stream().mapToDouble(Double::doubleValue).sum();
        live.sampled(new LiveState.Sample(now, phase, samples, watts, each));
        boolean told = client.push(new PushedLine.LiveValues(now, phase, watts, samples));
        if (LOG.isTraceEnabled()) {
            LOG.trace("phase={} watts={} samples={} told={}", phase.word(), watts, samples, told);
        }
    }

    private void disk(Instant now) throws IOException {
        long usable = FreeSpace.of(folder);
        if (usable < LEAST_DISK_BYTES && !diskTold) {
            diskTold = true;
            long megabytes = usable / 1_000_000;
            listener.accept(
                    Finding.warning("disk-low", phase.word() + ": only " + megabytes + " MB are left in " + folder)
                            .with("free MB", megabytes)
                            .when(now));
        }
    }

    /** Looks a last time and stops watching; nothing is reported once this has returned. */
    @Override
    public void close() {
        polling.cancel(false);
        thread.execute(() -> poll(true)); // a standstill that has just ended would not be told otherwise
        thread.shutdown();
        try {
            if (!thread.awaitTermination(POLL_MILLIS * 8, TimeUnit.MILLISECONDS)) {
                LOG.warn("phase={} the watch over PTDaemon's log did not end in time", phase.word());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
