package dev.wattline.cli.doctor;

import dev.wattline.analysis.source.CounterTruth;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.EnergyStatement.Window;
import dev.wattline.analysis.source.ObserverEffect;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.measure.CounterMeasurement;
import dev.wattline.sut.measure.CounterMeasurement.Polled;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The test of the cards' energy counters, which takes minutes and is made only where it is asked for: whether polling keeps a
 * card awake, and under a load what the counters are worth. Two checks tell of it.
 */
public final class DeepCounters {
    private static final Duration MORE = Duration.ofMinutes(2); // than its parts: calls, and a load that ends slowly

    private final Duration quiet;
    private final Optional<String> load;
    private final SourceSettings settings;
    private final String smi;
    private final TimeSource time;
    private final Once<Found> found = new Once<>(this::measure);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * What was found.
     *
     * @param effects of polling, by card
     * @param truths of the counters, by card; empty without a load
     * @param load how it ended, where that was not when its time was over
     */
    record Found(List<ObserverEffect> effects, List<CounterTruth> truths, Optional<String> load) {
        Found {
            effects = List.copyOf(effects);
            truths = List.copyOf(truths);
        }
    }

    /**
     * @param quiet length of each of the two quiet parts; the loaded one is twice as long
     * @param load a command line for the shell; empty to leave the counters' gain out
     * @param settings of the sources
     * @param smi nvidia-smi, by name or path
     */
    public DeepCounters(Duration quiet, Optional<String> load, SourceSettings settings, String smi, TimeSource time) {
        this.quiet = quiet;
        this.load = load;
        this.settings = settings;
        this.smi = smi;
        this.time = time;
    }

    /** What tells of it. */
    public List<DoctorCheck> checks() {
        return List.of(new ObserverCheck(this), new CounterCheck(this));
    }

    /** How long it takes, but for the calls between its parts. */
    public Duration length() {
        return quiet.multipliedBy(load.isPresent() ? 4 : 2);
    }

    /** The longest time that it may take. */
    public Duration limit() {
        return length().plus(MORE);
    }

    boolean hasLoad() {
        return load.isPresent();
    }

    Found found() throws InterruptedException {
        return found.get();
    }

    /** Waits until what it started has ended. */
    void awaitEnd() throws InterruptedException {
        if (begun.get()) {
            ended.await();
        }
    }

    private Found measure() throws InterruptedException {
        begun.set(true);
        try (CounterMeasurement measurement = new CounterMeasurement(settings, smi, time)) {
            return measure(measurement);
        } finally {
            ended.countDown();
        }
    }

    private Found measure(CounterMeasurement measurement) throws InterruptedException {
        List<ObserverEffect.Unpolled> unpolled = measurement.quiet(quiet).stream()
                .map(one -> new ObserverEffect.Unpolled(
                        one.counter(), one.seconds(), one.difference().orElse(Double.NaN), one.callSeconds()))
                .toList();
        Path folder = temporary();
        try {
            Polled polled = measurement.polled(quiet, load, quiet.multipliedBy(2), folder);
            if (!Files.exists(folder.resolve(TelemetryMeta.FILE))) {
                throw new SutException(
                        "the readings were not kept: " + String.join("; ", polled.problems()),
                        "See that the folder for temporary files can be written.");
            }
            TelemetryMeta meta = TelemetryMetaJson.read(folder.resolve(TelemetryMeta.FILE));
            Window window =
                    new Window(polled.beginMs(), polled.quietEndMs(), polled.beginNanos(), polled.quietEndNanos());
            return new Found(
                    ObserverEffect.of(unpolled, folder, meta, window),
                    load.isPresent() ? EnergyStatement.of(folder, meta, window).counters() : List.of(),
                    polled.load());
        } finally {
            delete(folder);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("wattline-doctor");
        } catch (IOException e) {
            throw new SutException(
                    "no temporary folder can be made: " + IoErrors.of(e),
                    "Point TMPDIR at a folder that can be written.");
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }

    /** What a card is called in a report. */
    static String card(String entity, String name) {
        return name.isEmpty() ? entity : name + " " + entity;
    }

    /** An outcome with a figure and half of its 95 % interval, where they are known. */
    static CheckOutcome with(CheckOutcome outcome, String name, double value, double half) {
        if (!Double.isFinite(value)) {
            return outcome;
        }
        CheckOutcome more = outcome.with(name, rounded(value));
        return Double.isFinite(half) ? more.with(name + "HalfWidth", rounded(half)) : more;
    }

    private static double rounded(double value) {
        return Math.round(1e4 * value) / 1e4;
    }
}
