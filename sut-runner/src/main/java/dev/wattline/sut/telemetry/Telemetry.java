package dev.wattline.sut.telemetry;

import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.TelemetrySource;
import dev.wattline.sut.telemetry.source.TelemetrySource.CardLog;
import dev.wattline.sut.telemetry.source.TelemetrySource.Collected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry of a run, if it was asked for: the sources, one beside the other. Nothing that goes wrong with one of them
 * fails the measurement, unless it is required: it is reported, and the run goes on without. For one thread.
 */
public final class Telemetry {
    private final TimeSource time;
    private final ZoneId zone;
    private final Consumer<String> problems;
    private final List<TelemetrySource> sources = new ArrayList<>();
    private final List<TelemetrySource> started = new ArrayList<>();
    private @Nullable PhaseFolder current;
    private boolean required;
    private Optional<String> failed = Optional.empty();

    /** The phase that is collected, and since when. */
    private record PhaseFolder(
            Phase phase,
            Path folder,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * Telemetry that does nothing until it is prepared.
     *
     * @param zone the zone that the sources' local times are in
     * @param problems told what goes wrong, one sentence each
     */
    public Telemetry(TimeSource time, ZoneId zone, Consumer<String> problems) {
        this.time = time;
        this.zone = zone;
        this.problems = problems;
    }

    /**
     * Asks the sources what they can do, before anything is measured. Returns what will be collected, in words.
     *
     * @throws SutException if a source cannot be used, and the sources are required
     */
    public Optional<String> prepare(TelemetryOptions options) {
        return prepare(TelemetrySources.of(options, time), options.required());
    }

    /**
     * The same with sources that the caller has made, which are closed with this.
     *
     * @param mustBe whether they are required
     */
    public Optional<String> prepare(List<TelemetrySource> asked, boolean mustBe) {
        List<String> found = new ArrayList<>();
        for (TelemetrySource source : asked) {
            try {
                String words = source.probe();
                sources.add(source);
                found.add((source.name().equals("nvidia-smi") ? "" : source.name() + ": ") + words);
            } catch (WattlineException e) {
                source.close();
                if (mustBe) {
                    close();
                    throw new SutException(
                            "the telemetry of " + source.name() + ", which is required, is not to be had: "
                                    + e.getMessage(),
                            e.remedy().orElse("Leave it out, or leave --telemetry-required out."),
                            e);
                }
                tell(source, "is left out", e);
            }
        }
        required = mustBe;
        return found.isEmpty() ? Optional.empty() : Optional.of("telemetry: " + String.join("; ", found));
    }

    /** Whether any of the sources reads power or energy, and not only what the machine does. */
    public boolean readsPower() {
        return sources.stream().anyMatch(TelemetrySource::readsPower);
    }

    /** About how many bytes the logs of this time take. */
    public long bytesIn(Duration duration) {
        return sources.stream().mapToLong(source -> source.bytesIn(duration)).sum();
    }

    /** Starts collecting for a phase, before its measurement. */
    public void start(Phase phase, Path folder) {
        if (sources.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            problems.accept("telemetry of " + phase.word() + " is left out: could not create " + folder + ": "
                    + IoErrors.of(e));
            return;
        }
        sources.sort(Comparator.comparing(TelemetrySource::isQuick)); // a stable sort: false first
        for (TelemetrySource source : sources) {
            try {
                source.start(phase, folder);
                started.add(source);
            } catch (WattlineException e) {
                tell(source, "of " + phase.word() + " is left out", e);
            }
        }
        current = new PhaseFolder(phase, folder, time.now(), null);
    }

    /** Whether {@link #tick} is to be called once a second. */
    public boolean needsTicks() {
        return started.stream().anyMatch(TelemetrySource::needsTicks);
    }

    /** A second has passed. */
    public void tick() {
        for (int i = 0; i < started.size(); i++) { // no iterator: this runs beside the workload
            started.get(i).tick();
        }
    }

    /** Ends collecting, at the measurement's end; returns at once. Does nothing where it has ended or not begun. */
    public void stop() {
        PhaseFolder phase = current;
        if (phase != null && phase.endedAt() == null) {
            current = new PhaseFolder(phase.phase(), phase.folder(), phase.startedAt(), time.now());
            for (int i = started.size() - 1; i >= 0; i--) {
                started.get(i).stop();
            }
        }
    }

    /** Writes what is to be said about the phase's logs, once the measurement is over. */
    public void finish(ClockOffset offset) {
        PhaseFolder phase = current;
        current = null;
        if (phase == null || started.isEmpty()) {
            return;
        }
        List<Collected> collected =
                started.stream().map(TelemetrySource::finish).toList();
        started.clear();
        List<String> all = new ArrayList<>();
        for (Collected one : collected) {
            String who = one.cards().isPresent() ? "" : one.source().name() + ": ";
            one.source().problems().forEach(problem -> all.add(who + problem));
        }
        try {
            TelemetryMetaJson.write(phase.folder().resolve(TelemetryMeta.FILE), meta(phase, offset, collected, all));
        } catch (WattlineException e) {
            all.add(String.valueOf(e.getMessage()));
        }
        all.forEach(problem -> problems.accept("telemetry: " + problem));
        failed = collected.stream()
                .map(Collected::source)
                .filter(Telemetry::gaveNothing)
                .map(Source::name)
                .findFirst();
    }

    private static boolean gaveNothing(Source source) {
        Map<String, Double> cost = source.cost();
        return cost.getOrDefault("values", cost.getOrDefault("rows", 1.0)) == 0;
    }

    /**
     * Whether the phase has what it must have.
     *
     * @throws SutException if the sources are required, and one of them gave no reading in the phase that ended
     */
    public void requireReadings() {
        if (required && failed.isPresent()) {
            throw new SutException(
                    "the telemetry of " + failed.get() + ", which is required, gave no reading",
                    "See the warnings above, or leave --telemetry-required out.");
        }
    }

    /** Gives back what the sources hold open. */
    public void close() {
        sources.forEach(TelemetrySource::close);
        sources.clear();
    }

    private TelemetryMeta meta(
            PhaseFolder phase, ClockOffset offset, List<Collected> collected, List<String> problemsOfAll) {
        Optional<Collected> smi =
                collected.stream().filter(one -> one.cards().isPresent()).findFirst();
        Optional<CardLog> cards = smi.flatMap(Collected::cards);
        Optional<Source> source = smi.map(Collected::source);
        return new TelemetryMeta(
                phase.phase().word(),
                zone.getId(),
                offset.millis(),
                offset.uncertaintyMillis(),
                cards.map(CardLog::driver).orElse(""),
                cards.map(CardLog::cards).orElse(List.of()),
                cards.map(CardLog::fields).orElse(List.of()),
                source.map(Source::intervalMs).orElse(0),
                phase.startedAt(),
                phase.endedAt(),
                source.map(Source::origin).orElse(List.of()),
                source.map(Source::cost).orElse(Map.of()),
                problemsOfAll,
                collected.stream().map(Collected::source).toList());
    }

    private void tell(TelemetrySource source, String what, WattlineException e) {
        String who = source.name().equals("nvidia-smi") ? "telemetry " : "telemetry of " + source.name() + " ";
        problems.accept(who + what + ": " + e.getMessage()
                + e.remedy().map(remedy -> ". Remedy: " + remedy).orElse(""));
    }
}
