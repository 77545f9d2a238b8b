package dev.wattline.cli.power;

import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.request.GivenPhases;
import dev.wattline.files.PowerWindow;
import dev.wattline.sut.SutException;
import dev.wattline.sut.measure.InformalMeasurement.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Phases that the measured workload marks, such as prefill and decode: {@code @Mixin MarkedPhases}. */
final class MarkedPhases {
    private static final double SLACK_MS = 1000; // of times that the workload rounds

    @Option(
            names = "--phases",
            paramLabel = "FILE",
            description =
                    "Say the energy of each phase that the command writes there as lines of name,begin,end in UTC.")
    private @Nullable Path file;

    /**
     * What the workload marked; nothing where no file was named.
     *
     * @throws SutException if a phase is not within the run
     */
    List<GivenPhase> read(Outcome outcome) {
        if (file == null) {
            return List.of();
        }
        List<GivenPhase> phases = GivenPhases.read(file);
        for (GivenPhase phase : phases) {
            if (phase.startMs() < outcome.begin().toEpochMilli() - SLACK_MS
                    || phase.endMs() > outcome.end().toEpochMilli() + SLACK_MS) {
                throw new SutException(
                        file + ": the phase " + phase.name() + ", " + instant(phase.startMs()) + " to "
                                + instant(phase.endMs()) + ", is not within the run, " + outcome.begin() + " to "
                                + outcome.end(),
                        "Is it the file of another run, or are its times not in UTC?");
            }
        }
        return phases;
    }

    /** From the first phase's begin to the last one's end; empty without phases. */
    static Optional<PowerWindow> window(List<GivenPhase> phases) {
        if (phases.isEmpty()) {
            return Optional.empty();
        }
        double begin = phases.stream().mapToDouble(GivenPhase::startMs).min().orElseThrow();
        double end = phases.stream().mapToDouble(GivenPhase::endMs).max().orElseThrow();
        return Optional.of(new PowerWindow(instant(begin), instant(end)));
    }

    private static Instant instant(double ms) {
        return Instant.ofEpochMilli(Math.round(ms));
    }
}
