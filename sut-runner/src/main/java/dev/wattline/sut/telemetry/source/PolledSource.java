package dev.wattline.sut.telemetry.source;

import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.TelemetryMeta.StampClock;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.telemetry.source.PowerReader.Streamed;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A source that the runner reads itself, on its tick: at the begin and the end of a phase, and every interval in between.
 * A reader that may block is read on a thread of its own that sleeps otherwise, and in between by its stream where it has
 * one, which wakes nobody; a reading that is not there after {@link #DEADLINE} is missing, and after {@value #MISSES} such
 * in a row the source is left alone for the rest of the phase.
 */
public final class PolledSource implements TelemetrySource {
    static final Duration DEADLINE = Duration.ofSeconds(5);
    static final int MISSES = 3;

    private static final int KEPT_CALLS = 4096;
    private static final int ROW_BYTES = 110;
    private static final double TICK_SLACK_S = 0.2; // a tick that comes a little early still counts

    private final String name;
    private final Supplier<PowerReader> opener;
    private final Duration interval;
    private final boolean blocks;
    private final TimeSource time;
    private @Nullable PowerReader reader;
    private @Nullable ExecutorService thread;
    private @Nullable Collecting collecting;

    /**
     * @param opener finds what there is to read; throws a {@link dev.wattline.sut.SutException} with what is lacking
     * @param interval between two readings
     * @param blocks whether a reading may take longer than some milliseconds
     */
    public PolledSource(String name, Supplier<PowerReader> opener, Duration interval, boolean blocks, TimeSource time) {
        this.name = name;
        this.opener = opener;
        this.interval = interval;
        this.blocks = blocks;
        this.time = time;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String probe() {
        PowerReader found = opener.get();
        reader = found;
        String what = found.series().stream()
                .map(series -> series.scope() + " " + (series.name().isEmpty() ? series.entity() : series.name()))
                .distinct()
                .collect(Collectors.joining(", "));
        return what + ", every " + interval.toMillis() + " ms";
    }

    /** What is read, once it is probed. */
    public List<Series> series() {
        return Objects.requireNonNull(reader).series();
    }

    @Override
    public boolean readsPower() {
        return series().stream()
                .anyMatch(series -> !List.of("activity", "cooling").contains(series.scope()));
    }

    @Override
    public long bytesIn(Duration duration) {
        return duration.toMillis() / interval.toMillis() * series().size() * ROW_BYTES;
    }

    @Override
    public void start(Phase phase, Path folder) {
        if (blocks && thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(null, task, "telemetry-" + name, 256 * 1024L);
                made.setDaemon(true);
                return made;
            });
        }
        Collecting begun =
                new Collecting(Objects.requireNonNull(reader), new ReadingLog(name, folder.resolve(log()), time));
        collecting = begun;
        begun.look(thread);
        begun.awaitReading(); // so that the readings reach back to the begin of what is measured
        begun.startStream();
    }

    @Override
    public boolean isQuick() {
        return !blocks;
    }

    @Override
    public boolean needsTicks() {
        return true;
    }

    @Override
    public void tick() {
        Collecting running = collecting;
        if (running != null && running.isDue() && !running.lookAtStream()) {
            running.look(thread);
        }
    }

    @Override
    public void stop() {
        Collecting running = collecting;
        if (running != null) {
            running.stop(thread);
        }
    }

    @Override
    public Collected finish() {
        Collecting ended = Objects.requireNonNull(collecting);
        collecting = null;
        ended.finish();
        PowerReader from = Objects.requireNonNull(reader);
        return new Collected(
                new Source(
                        name,
                        log(),
                        StampClock.RUNNER_UTC,
                        from.version(),
                        (int) interval.toMillis(),
                        from.origin(),
                        from.series(),
                        ended.cost(),
                        ended.problems),
                Optional.empty());
    }

    @Override
    public void close() {
        ExecutorService running = thread;
        PowerReader open = reader;
        thread = null;
        reader = null;
        if (open == null) {
            return;
        }
        if (running == null) {
            open.close();
            return;
        }
        // A reader that hangs must not keep the run from ending.
        Future<?> closing = running.submit(open::close);
        running.shutdown();
        try {
            closing.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            running.shutdownNow();
        }
    }

    private String log() {
        return name.replaceAll("[^A-Za-z0-9.-]", "-") + ".csv";
    }

    /** One phase. */
    private final class Collecting {
        private final PowerReader from;
        private final ReadingLog log;
        private final List<String> problems = new CopyOnWriteArrayList<>(); // a reading that hung may end late
        private final long[] callNanos = new long[KEPT_CALLS];
        private long calls;
        private int misses;
        private volatile boolean given;
        private boolean stopped;
        private boolean streams;
        private long streamed;
        private long calledMillis;
        private long askedNanos;
        private CompletableFuture<?> pending = CompletableFuture.completedFuture(null);

        Collecting(PowerReader from, ReadingLog log) {
            this.from = from;
            this.log = log;
            problems.addAll(from.notes());
        }

        boolean isDue() {
            return !stopped && (time.nanoTime() - askedNanos) / 1e9 >= interval.toMillis() / 1e3 - TICK_SLACK_S;
        }

        void startStream() {
            streams = !given && from.startStream();
        }

        /** Whether the stream has, or will have, a reading for this round. */
        boolean lookAtStream() {
            // A call that hangs has the log to itself.
            Streamed had = !streams || given || !pending.isDone() ? Streamed.NOTHING : readStream();
            if (had == Streamed.READ) {
                askedNanos = time.nanoTime();
                misses = 0;
                streamed++;
            }
            return had != Streamed.NOTHING;
        }

        private synchronized Streamed readStream() {
            try {
                log.begin();
                Streamed had = from.readStream(log, calledMillis);
                log.end();
                return had;
            } catch (UncheckedIOException e) {
                giveUp("its log cannot be written: " + e.getCause());
                return Streamed.NOT_YET;
            }
        }

        /** Reads now, or has it read. */
        void look(@Nullable ExecutorService worker) {
            if (given) {
                return;
            }
            long now = time.nanoTime();
            if (worker == null) {
                askedNanos = now;
                read();
            } else if (pending.isDone()) {
                askedNanos = now;
                misses = 0;
                pending = CompletableFuture.runAsync(this::read, worker);
            } else if (now - askedNanos >= DEADLINE.toNanos()) {
                askedNanos = now;
                misses++;
                if (misses >= MISSES) {
                    giveUp("it has not answered for " + misses * DEADLINE.toSeconds()
                            + " s and is read no more in this phase");
                }
            }
        }

        private synchronized void read() {
            if (given) {
                return;
            }
            long begin = time.nanoTime();
            try {
                log.begin();
                from.read(log);
                log.end();
            } catch (WattlineException e) {
                giveUp(e.getMessage() + "; it is read no more in this phase");
            } catch (UncheckedIOException e) {
                giveUp("its log cannot be written: " + e.getCause());
            }
            calledMillis = time.epochMillis(); // its values may be as new as this
            callNanos[(int) (calls % KEPT_CALLS)] = time.nanoTime() - begin;
            calls++;
        }

        private void giveUp(String why) {
            given = true;
            problems.add(why);
        }

        void stop(@Nullable ExecutorService worker) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (worker == null) {
                look(null);
            } else if (!given) {
                pending = pending.thenRunAsync(this::read, worker);
            }
        }

        /** Waits for the reading that was asked for; one that fails by a defect or is late ends the source's phase. */
        void awaitReading() {
            try {
                pending.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException e) {
                giveUp("a reading did not come within " + DEADLINE.toSeconds()
                        + " s; it is read no more in this phase");
            } catch (ExecutionException e) {
                giveUp("reading it failed: " + e.getCause());
            }
        }

        void finish() {
            if (!given) {
                awaitReading();
            }
            given = true;
            if (streams) {
                from.stopStream();
            }
            log.missing().forEach((reason, count) -> problems.add(count + " readings are missing: " + reason));
            if (log.values() == 0) {
                problems.add("the log holds no reading");
            }
            try {
                log.close();
            } catch (UncheckedIOException e) {
                problems.add("its log could not be written whole: " + e.getCause());
            }
        }

        Map<String, Double> cost() {
            Map<String, Double> cost = new TreeMap<>();
            cost.put("calls", (double) calls);
            cost.put("values", (double) log.values());
            if (streams) {
                cost.put("streamed", (double) streamed);
            }
            int kept = (int) Math.min(calls, KEPT_CALLS);
            if (kept > 0) {
                long[] sorted = Arrays.copyOf(callNanos, kept);
                Arrays.sort(sorted);
                cost.put("callMedianUs", sorted[kept / 2] / 1e3);
                cost.put("callP99Us", sorted[Math.min(kept - 1, (int) (0.99 * kept))] / 1e3);
            }
            return cost;
        }
    }
}
