package dev.wattline.sut.telemetry;

import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry of a run, if it was asked for. Nothing that goes wrong here fails the measurement: it is reported, and the
 * run goes on without.
 */
public final class Telemetry {
    private static final long ROW_BYTES = 200;

    private final TimeSource time;
    private final ZoneId zone;
    private final Consumer<String> problems;
    private @Nullable TelemetryPlan plan;
    private @Nullable TelemetryChild child;

    /**
     * Telemetry that does nothing until it is prepared.
     *
     * @param zone the zone that nvidia-smi's times are in
     * @param problems told what goes wrong, one sentence each
     */
    public Telemetry(TimeSource time, ZoneId zone, Consumer<String> problems) {
        this.time = time;
        this.zone = zone;
        this.problems = problems;
    }

    /** Asks nvidia-smi what it can do, before anything is measured. Returns what will be collected, in words. */
    public Optional<String> prepare(TelemetryOptions options) {
        try {
            TelemetryPlan found = TelemetryPlan.probe(options);
            plan = found;
            return Optional.of("telemetry: " + found.cards().size() + " GPU(s), driver " + found.driver() + ", every "
                    + found.interval().toMillis() + " ms");
        } catch (WattlineException e) {
            tell("is left out", e);
            return Optional.empty();
        }
    }

    /** About how many bytes a log of this time takes. */
    public long bytesIn(Duration duration) {
        TelemetryPlan what = plan;
        return what == null
                ? 0
                : duration.toMillis()
                        / what.interval().toMillis()
                        * what.cards().size()
                        * ROW_BYTES;
    }

    /** Starts collecting for a phase, before its measurement. */
    public void start(Phase phase, Path folder) {
        TelemetryPlan what = plan;
        if (what == null) {
            return;
        }
        try {
            child = TelemetryChild.start(what, phase, folder, time);
        } catch (WattlineException e) {
            tell("of " + phase.word() + " is left out", e);
        }
    }

    /** Ends collecting, at the measurement's end; returns at once. Does nothing where it has ended or not begun. */
    public void stop() {
        TelemetryChild running = child;
        if (running != null) {
            running.stop();
        }
    }

    /** Writes what is to be said about the phase's log, once the measurement is over. */
    public void finish(ClockOffset offset) {
        TelemetryChild ended = child;
        child = null;
        if (ended != null) {
            ended.finish(zone.getId(), offset).forEach(problem -> problems.accept("telemetry: " + problem));
        }
    }

    private void tell(String what, WattlineException e) {
        problems.accept("telemetry " + what + ": " + e.getMessage()
                + e.remedy().map(remedy -> ". Remedy: " + remedy).orElse(""));
    }
}
