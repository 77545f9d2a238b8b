package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the method gives no answer, the command line says so and why, and the file holds no number. */
@ResourceLock(Resources.SYSTEM_OUT)
class NoAnswerCommandTest {
    private static final Instant START = Instant.parse("2024-07-17T09:44:00Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private static double load(int second) {
        return second < 60 || second > 240 ? 70 : 300 + 40 * Math.sin(second * second);
    }

    private Path spl(int seconds) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= seconds; i++) {
            Reading reading = new Reading(400 + load(i), 230, 5, 0.96);
            text.append(SplRow.format(new PowerSample(START.plusSeconds(i), reading, "x_testing", List.of())))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("spl.txt"), text);
    }

    private Path smi(int rows, int stepMs, Instant from, IntToDoubleFunction watts) throws IOException {
        StringBuilder text = new StringBuilder("timestamp, uuid, utilization.gpu [%], power.draw [W]\n");
        for (int i = 0; i < rows; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s, GPU-1, %d %%, %.2f W%n",
                    STAMP.format(from.plusMillis((long) i * stepMs)),
                    load(i) > 100 ? 95 : 0,
                    watts.applyAsDouble(i)));
        }
        return Files.writeString(folder.resolve("nvidia-smi.csv"), text);
    }

    /** What {@code analyze} says, and what its file holds. */
    private record Answer(String said, JsonNode found) {
        JsonNode error() {
            return found.path("error");
        }

        void givesNoError(String why) {
            assertThat(said).contains("nvidia-smi: no statement: ").contains(why);
            assertThat(error().path("because").asString()).contains(why);
            for (String figure : List.of("pct", "timingPct", "gainPct", "offsetPct", "reportedJ", "estimateJ")) {
                assertThat(error().path(figure).isNull()).as(figure).isTrue();
            }
            for (String interval : List.of("ci95Pct", "estimateCi95J")) {
                assertThat(error().path(interval).path(0).isNull()).as(interval).isTrue();
            }
        }
    }

    private Answer analyze(Path spl, Path smi) throws IOException {
        Path out = folder.resolve("out");
        Outcome outcome = CapturedStreams.run(
                "analyze",
                "--spl",
                spl.toString(),
                "--smi",
                smi.toString(),
                "--smi-zone",
                "UTC",
                "--out",
                out.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        return new Answer(
                outcome.out(), new JsonMapper().readTree(Files.readString(out.resolve("sampling-error.json"))));
    }

    @Test
    void aStuckSensor() throws IOException {
        Answer answer = analyze(spl(300), smi(300, 1000, START, i -> 46.19));

        answer.givesNoError("stuck");
        assertThat(answer.found().path("quality").path("stuck").asBoolean()).isTrue();
        assertThat(answer.found().path("clock").path("lagS").isNull()).isTrue();
        assertThat(answer.found().path("subsampling")).isEmpty();
    }

    @Test
    void logsWithoutOverlap() throws IOException {
        Answer answer = analyze(spl(300), smi(300, 1000, START.plusSeconds(7200), NoAnswerCommandTest::load));

        answer.givesNoError("the logs overlap for 0 s");
        assertThat(answer.said()).contains("no lag: the logs overlap for 0 s, 60 s are needed");
        assertThat(answer.found().path("clock").path("lagS").isNull()).isTrue();
        assertThat(answer.found().path("wall").path("slope").isNull()).isTrue();
        assertThat(answer.found().path("wall").path("reason").asString())
                .contains("the logs overlap for 0 s, 60 s are needed");
    }

    @Test
    void aRunTooShort() throws IOException {
        Answer answer = analyze(spl(3), smi(3, 1000, START, i -> 100 + i));

        answer.givesNoError("60 s are needed");
        assertThat(answer.found().path("clock").path("accepted").asBoolean()).isFalse();
        assertThat(answer.found().path("reps").path("nForTarget")).isEmpty();
        assertThat(answer.found().path("alias").path("status").asString()).isEqualTo("unknown");
    }

    @Test
    void thePeriodFromPollsOnceASecond() throws IOException {
        Path smi = smi(300, 1000, START, NoAnswerCommandTest::load);

        Answer answer = analyze(spl(300), smi);
        Outcome sensor = CapturedStreams.run("sensor", "--smi", smi.toString(), "--smi-zone", "UTC", "--json");

        JsonNode found = answer.found().path("gpus").path(0).path("sensor");
        assertThat(found.path("identifiable").asBoolean()).isFalse();
        assertThat(found.path("detectedPeriodMs").isNull()).isTrue();
        assertThat(found.path("reason").asString()).contains("too slow");
        JsonNode period =
                new JsonMapper().readTree(sensor.out()).path("sensors").path(0).path("period");
        assertThat(period.path("status").asString()).isEqualTo("not-identifiable");
        assertThat(period.path("periodMs").isNull()).isTrue();
        assertThat(period.path("reason").asString()).contains("too slow");
    }

    @Test
    void thePeriodOfAStuckSensor() throws IOException {
        Outcome sensor = CapturedStreams.run(
                "sensor", "--smi", smi(3000, 10, START, i -> 46.19).toString(), "--smi-zone", "UTC");

        assertThat(sensor.exitCode()).isZero();
        assertThat(sensor.out()).contains("update period  not identifiable: the reading is stuck", "STUCK");
    }
}
