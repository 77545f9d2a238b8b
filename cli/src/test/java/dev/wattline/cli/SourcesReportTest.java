package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.simulation.machine.MachineLoad;
import dev.wattline.simulation.machine.SimulatedMachine;
import dev.wattline.simulation.machine.SimulatedMachine.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code analyze} and {@code report} of a session with an analyzer and several sources beside it. */
@ResourceLock(Resources.SYSTEM_OUT)
class SourcesReportTest {
    private static final Instant BEGIN = Instant.parse("2026-01-20T08:00:00Z");
    private static final int SECONDS = 300;

    private final SplittableRandom random = new SplittableRandom(5);
    private final SimulatedMachine machine = SimulatedMachine.draw(random);

    @TempDir
    private Path session;

    private double[] wall = new double[0];

    @BeforeEach
    void measure() throws IOException {
        MachineLoad load = MachineLoad.otherKind(machine.cards().length, 0, SECONDS, 0.03, random);
        Shown shown = machine.run(load, machine.day(1, random), random);
        MeteredFolder files = new MeteredFolder(session, machine, BEGIN);
        files.write(shown, "GPU-0");
        wall = shown.wallW();
        files.analyzer(wall);
    }

    private JsonNode sources() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readAllBytes(session.resolve("analysis/sources.json")));
    }

    @Test
    void analyzeSaysWhatEachSourceMeasuredAndWhatIsInferredBetweenThem() throws IOException {
        Outcome outcome = CapturedStreams.run("analyze", session.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Sources by scope", "analyzer sampled", "nvml counter", "redfish sampled");
        JsonNode sources = sources();
        JsonNode report = sources.path("energyReport");
        assertThat(report.path("measurementMethod").asString()).isEqualTo("analyzer");
        assertThat(report.path("scope").asString()).isEqualTo("wall");
        Instant begin = Instant.parse(sources.path("begin").asString());
        Instant end = Instant.parse(sources.path("end").asString());
        double truth = Arrays.stream(wall, (int) (begin.getEpochSecond() - BEGIN.getEpochSecond()), (int)
                        (end.getEpochSecond() - BEGIN.getEpochSecond()))
                .sum();
        assertThat(truth)
                .isBetween(
                        report.path("intervalJ").path(0).asDouble(),
                        report.path("intervalJ").path(1).asDouble());
        List<String> layers = new ArrayList<>();
        sources.path("stack")
                .forEach(layer -> layers.add(layer.path("name").asString() + ": "
                        + layer.path("basis").asString()));
        assertThat(layers)
                .contains("GPUs: measured", "processors: measured", "node: measured", "wall: measured")
                .contains("rest of the node: inferred", "losses of the supplies: inferred");
    }

    @Test
    void theReportHasTheSourcesTheStackAndTheReasonOfEachConfidence() throws IOException {
        Outcome outcome = CapturedStreams.run("report", session.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        String html = Files.readString(session.resolve("analysis/report.html"));
        assertThat(html)
                .contains("id=\"sources\"", "From the GPUs to the wall", "losses of the supplies")
                .contains("not calibrated, ±", "measured at the wall by an analyzer");
    }
}
