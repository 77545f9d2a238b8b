package dev.wattline.sut.measure;

import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.SutException;
import dev.wattline.sut.process.WorkloadProcess;
import dev.wattline.sut.process.WorkloadVariables;
import dev.wattline.sut.telemetry.ClockOffset;
import dev.wattline.sut.telemetry.Telemetry;
import dev.wattline.sut.telemetry.dcgm.DcgmiReader;
import dev.wattline.sut.telemetry.nvidia.NvidiaSmiSource;
import dev.wattline.sut.telemetry.source.PolledSource;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The readings by which cards' energy counters are tested: {@link #quiet} reads them at both ends of a quiet time, and nothing
 * else; then {@link #polled} has nvidia-smi poll the cards as in a measurement, quiet at first and then under a load.
 * nvidia-smi is not called before that. For one thread, which may be interrupted; what was started is then ended.
 */
public final class CounterMeasurement implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final SourceSettings settings;
    private final String smi;
    private final TimeSource time;
    private final List<String> problems = new ArrayList<>();
    private @Nullable DcgmiReader reader;

    /**
     * @param settings of the sources, of which {@code nvml} counts
     * @param smi nvidia-smi, by name or path
     */
    public CounterMeasurement(SourceSettings settings, String smi, TimeSource time) {
        this.settings = settings;
        this.smi = smi;
        this.time = time;
    }

    /**
     * A counter over the time in which nothing polled the cards.
     *
     * @param seconds between the two readings
     * @param difference between them in the counter's unit; empty where one of them could not be had
     * @param callSeconds how long a reading took, the longer of the two
     */
    public record Unpolled(Series counter, double seconds, Optional<Double> difference, double callSeconds) {}

    /**
     * The time in which the cards were polled.
     *
     * @param beginMs begin in ms since 1970
     * @param beginNanos begin by the monotonic clock
     * @param quietEndMs when it was no longer quiet
     * @param quietEndNanos the same by the monotonic clock
     * @param load how the load ended; empty where it was ended when its time was over, or there was none
     * @param problems what went wrong, a sentence each
     */
    public record Polled(
            long beginMs,
            long beginNanos,
            long quietEndMs,
            long quietEndNanos,
            Optional<String> load,
            List<String> problems) {
        public Polled {
            problems = List.copyOf(problems);
        }
    }

    /** One reading of all counters. */
    private static final class Look implements PowerReader.Readings {
        private final Map<String, Double> values = new LinkedHashMap<>();

        @Override
        public void at(long epochMillis) {
            // of a stream alone, and there is none
        }

        @Override
        public void value(Series series, String raw) {
            values.put(series.entity(), Double.valueOf(raw));
        }

        @Override
        public void missing(Series series, String reason) {
            values.remove(series.entity());
        }
    }

    /**
     * Reads the counters, waits, and reads them again.
     *
     * @throws SutException if there are none to read
     */
    public List<Unpolled> quiet(Duration length) throws InterruptedException {
        DcgmiReader opened = DcgmiReader.open(settings, time);
        reader = opened;
        Look first = new Look();
        long begin = time.nanoTime();
        opened.read(first);
        long read = time.nanoTime();
        pause(length, () -> {});
        Look second = new Look();
        long end = time.nanoTime();
        opened.read(second);
        long reread = time.nanoTime();
        double call = Math.max(read - begin, reread - end) / 1e9;
        double seconds = ((end + reread) / 2.0 - (begin + read) / 2.0) / 1e9;
        List<Unpolled> found = new ArrayList<>();
        for (Series counter : opened.series()) {
            Double before = first.values.get(counter.entity());
            Double after = second.values.get(counter.entity());
            found.add(new Unpolled(
                    counter,
                    seconds,
                    before == null || after == null ? Optional.empty() : Optional.of(after - before),
                    call));
        }
        return found;
    }

    /**
     * Reads the counters each second while nvidia-smi polls the cards.
     *
     * @param quiet how long first nothing runs
     * @param load a command line for the shell, which runs afterwards and is ended with all that it started
     * @param loaded for how long
     * @param folder gets the logs and their {@code meta.json}
     * @throws SutException if one of the two cannot be read, or the load cannot be started
     */
    public Polled polled(Duration quiet, Optional<String> load, Duration loaded, Path folder)
            throws InterruptedException {
        Telemetry telemetry = new Telemetry(time, ZoneId.systemDefault(), problems::add);
        try {
            telemetry.prepare(
                    List.of(
                            new NvidiaSmiSource(smi, Optional.empty(), time),
                            new PolledSource("nvml", this::handOver, TICK, true, time)),
                    false);
            requireNoProblem();
            telemetry.start(Phase.TESTING, folder);
            requireNoProblem();
            long beginMs = time.epochMillis();
            long begin = time.nanoTime();
            pause(quiet, telemetry::tick);
            long quietEndMs = time.epochMillis();
            long quietEnd = time.nanoTime();
            Optional<String> ended = load.isPresent() ? loaded(load.get(), loaded, telemetry) : Optional.empty();
            telemetry.stop();
            telemetry.finish(ClockOffset.UNKNOWN);
            return new Polled(beginMs, begin, quietEndMs, quietEnd, ended, problems);
        } finally {
            telemetry.stop();
            telemetry.close();
        }
    }

    /** From now on the source closes the reader. */
    private PowerReader handOver() {
        DcgmiReader opened = reader == null ? DcgmiReader.open(settings, time) : reader;
        reader = null;
        return opened;
    }

    private void requireNoProblem() {
        if (!problems.isEmpty()) {
            throw new SutException(String.join("; ", problems), "Both nvidia-smi and dcgmi must be readable.");
        }
    }

    private Optional<String> loaded(String command, Duration length, Telemetry telemetry) throws InterruptedException {
        WorkloadVariables told = new WorkloadVariables("", WorkloadVariables.PLAIN, Optional.empty(), Optional.empty());
        long begin = time.nanoTime();
        PrintStream said = System.err; // what the report goes to is left alone
        try (WorkloadProcess running = WorkloadProcess.start(command, told, said, said)) {
            Optional<String> ended = Optional.empty();
            long left = length.toNanos();
            while (left > 0) {
                pause(Duration.ofNanos(Math.min(left, TICK.toNanos())), telemetry::tick);
                if (ended.isEmpty() && running.onExit().isDone()) {
                    ended = Optional.of(String.format(
                            Locale.ROOT,
                            "the load ended by itself after %.0f s with status %d",
                            (time.nanoTime() - begin) / 1e9,
                            running.onExit().join()));
                }
                left = length.toNanos() - (time.nanoTime() - begin);
            }
            return ended;
        } catch (WattlineException e) {
            throw new SutException(
                    "the load cannot be started: " + e.getMessage(), e.remedy().orElse(null), e);
        }
    }

    private void pause(Duration length, Runnable tick) throws InterruptedException {
        long end = time.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - time.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TICK.toNanos()));
            tick.run();
        }
    }

    /** Gives back what is open. */
    @Override
    public void close() {
        DcgmiReader opened = reader;
        reader = null;
        if (opened != null) {
            opened.close();
        }
    }
}
