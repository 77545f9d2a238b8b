package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.testing.SharedData;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No log makes a command run without end: logs with late begins, early ends, holes up to years, errors, NaN and clocks that
 * jump are thrown at every command that reads logs. Each must end before a deadline that is far beyond what any of them
 * needs, with a figure or a reason, and never with an internal error.
 */
@ResourceLock(Resources.SYSTEM_OUT)
class HostileLogsTest {
    private static final Duration DEADLINE = TestDeadlines.seconds(60);
    private static final Instant START = Instant.parse("2024-07-17T09:44:00Z");
    private static final DateTimeFormatter SMI =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SPL =
            DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> NO_READING =
            List.of("[N/A]", "[Unknown Error]", "NaN", "nan W", "", "-1.00 W", "inf", "1e400 W", "99999999999 W");
    private static final List<String> NO_WATTS = List.of("-1.0", "-2.0", "NaN", "Infinity", "-153.5", "", "1e999");
    private static final int ROWS = 2000;

    @TempDir
    private Path folder;

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyCommandThatReadsLogsEnds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        String smi = smi(random).toString();
        String spl = spl(random).toString();
        String loadgen = loadgen(random).toString();
        String out = folder.resolve("out").toString();

        ends("analyze", "--spl", spl, "--smi", smi, "--loadgen", loadgen, "--out", out);
        ends("analyze", "--spl", spl, "--smi", smi, "--smi-zone", "UTC", "--max-lag", "3600", "--json");
        ends("analyze", "--smi", smi, "--json");
        ends("report", "--spl", spl, "--smi", smi, "--smi-zone", "UTC", "--out", out + "/report.html");
        ends("sensor", "--smi", smi, "--smi-zone", "UTC");
        ends(
                "sensor",
                "--smi",
                smi,
                "--smi-zone",
                "UTC",
                "--reference",
                meter(random).toString(),
                "--json");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52, 53})
    void everyCommandThatReadsASessionEnds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Path session = copyOf(SharedData.orSkip("corpus/modernised/base0"), folder.resolve("session"));
        Files.move(spl(random), session.resolve("run_1/spl.txt"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(session.resolve("telemetry/testing"));
        Files.move(smi(random), session.resolve("telemetry/testing/nvidia-smi.csv"));
        Files.move(
                loadgen(random),
                session.resolve("run_1/mlperf_log_detail.txt"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String root = session.toString();

        ends("analyze", root);
        ends("report", root);
        ends("check", root, "--html", folder.resolve("check.html").toString());
        ends("metric", root);
        ends("sessions", folder.toString());
    }

    /** dd45998: the ranks of a GPU's readings never ended where its first lay behind the window's begin. */
    @ParameterizedTest
    @ValueSource(strings = {"smi_5s_late.csv", "smi_5s_late_1gpu.csv", "smi_gpu3_errors_first.csv"})
    void aCardWhoseFirstReadingComesAfterTheWindowBegins(String smi) {
        Path data = SharedData.orSkip("telemetry/begins-late");
        List<String> logs = List.of(
                "--spl",
                data.resolve("spl.txt").toString(),
                "--loadgen",
                data.resolve("mlperf_log_detail.txt").toString(),
                "--smi",
                data.resolve(smi).toString(),
                "--out");
        List<String> analyze = new ArrayList<>(List.of("analyze"));
        analyze.addAll(logs);
        analyze.add(folder.toString());
        List<String> report = new ArrayList<>(List.of("report"));
        report.addAll(logs);
        report.add(folder.resolve("report.html").toString());

        assertThat(ends(analyze.toArray(String[]::new)).exitCode()).isZero();
        assertThat(ends(report.toArray(String[]::new)).exitCode()).isZero();
    }

    /** The steps of a search grow with the time between the first and the last change, and their number with the square. */
    @Test
    void twoBurstsThreeWeeksApart() throws IOException {
        StringBuilder text = new StringBuilder("timestamp, power.draw [W]\n");
        for (int burst = 0; burst < 2; burst++) {
            for (int i = 0; i < 60; i++) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s, %d.00 W%n",
                        SMI.format(START.plus(Duration.ofDays(20L * burst)).plusMillis(10L * i)),
                        100 + i % 7));
            }
        }
        Path log = Files.writeString(folder.resolve("bursts.csv"), text);

        assertThat(ends("sensor", "--smi", log.toString()).exitCode()).isZero();
        assertThat(ends("analyze", "--smi", log.toString()).exitCode()).isZero();
    }

    private static Outcome ends(String... command) {
        Outcome outcome = assertTimeoutPreemptively(
                DEADLINE, () -> CapturedStreams.run(command), () -> String.join(" ", command) + " does not end");
        assertThat(outcome.exitCode()).as(outcome.err()).isIn(0, 1);
        assertThat(outcome.err())
                .as(String.join(" ", command))
                .doesNotContain("Exception", "Error:", "\tat ", "internal error", "OutOfMemory");
        return outcome;
    }

    /** Where one sensor's readings of the log lie in time, and how they fail. */
    private static final class Course {
        private final SplittableRandom random;
        private final int begins; // row
        private final int ends;
        private final double failing; // share of readings
        private final boolean still;
        private long jumpMs;

        Course(SplittableRandom random, int rows) {
            this.random = random;
            this.begins = random.nextInt(3) == 0 ? random.nextInt(rows) : 0;
            this.ends = random.nextInt(3) == 0 ? random.nextInt(rows) : rows;
            this.failing = random.nextInt(2) == 0 ? 0 : random.nextInt(5) == 0 ? 1 : 0.6 * random.nextDouble();
            this.still = random.nextInt(6) == 0;
        }

        /** How far the clock of the log has jumped so far, in ms; the holes are its jumps ahead. */
        long jump(int row, int rows) {
            if (random.nextInt(rows) < 4) {
                long[] jumps = {
                    -3_600_000, -5, 3_000, 40_000, 3_600_000, 86_400_000L * 9, 86_400_000L * 700, -86_400_000L
                };
                jumpMs += jumps[random.nextInt(row == 0 ? 4 : jumps.length)];
            }
            return jumpMs;
        }

        boolean hasRow(int row) {
            return row >= begins && row < ends && random.nextInt(20) > 0;
        }

        boolean fails() {
            return random.nextDouble() < failing;
        }

        double watts(int row, int rows) {
            double load = row < rows / 5 || row > 4 * rows / 5 ? 70 : 300 + 40 * Math.sin((double) row * row);
            return still ? 46.19 : load + random.nextDouble();
        }
    }

    private Path smi(SplittableRandom random) throws IOException {
        int gpus = 1 + random.nextInt(4);
        int stepMs = new int[] {10, 20, 100, 1000, 5000}[random.nextInt(5)];
        int rows = ROWS / (gpus * (stepMs > 500 ? 4 : 1));
        List<Course> courses =
                Stream.generate(() -> new Course(random, rows)).limit(gpus).toList();
        StringBuilder text = new StringBuilder("timestamp, index, uuid, utilization.gpu [%], power.draw [W]\n");
        for (int row = 0; row < rows; row++) {
            long jump = courses.get(0).jump(row, rows);
            for (int g = 0; g < gpus; g++) {
                Course course = courses.get(g);
                if (course.hasRow(row)) {
                    Instant at = START.plusMillis((long) row * stepMs + jump + random.nextInt(3));
                    String cell = course.fails()
                            ? NO_READING.get(random.nextInt(NO_READING.size()))
                            : String.format(Locale.ROOT, "%.2f W", course.watts(row, rows));
                    text.append(SMI.format(at) + ", " + g + ", GPU-" + g + ", " + row % 100 + " %, " + cell + "\n");
                }
            }
        }
        return Files.writeString(folder.resolve("nvidia-smi.csv"), text);
    }

    private Path spl(SplittableRandom random) throws IOException {
        int rows = 2 + random.nextInt(600);
        Course course = new Course(random, rows);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            Instant at = START.plusSeconds(row).plusMillis(course.jump(row, rows));
            String watts = course.fails()
                    ? NO_WATTS.get(random.nextInt(NO_WATTS.size()))
                    : String.format(Locale.ROOT, "%.6f", 400 + course.watts(row, rows));
            text.append("Time," + SPL.format(at) + ",Watts," + watts
                    + ",Volts,230.000000,Amps,5.000000,PF,0.960000,Mark,x_testing\n");
        }
        return Files.writeString(folder.resolve("spl.txt"), text);
    }

    private Path meter(SplittableRandom random) throws IOException {
        int rows = 500;
        Course course = new Course(random, rows);
        StringBuilder text = new StringBuilder("t_ms,watts_total\n");
        for (int row = 0; row < rows; row++) {
            String watts = course.fails() ? "NaN" : String.format(Locale.ROOT, "%.3f", course.watts(row, rows));
            text.append(START.toEpochMilli() + 20L * row + course.jump(row, rows) + "," + watts + "\n");
        }
        return Files.writeString(folder.resolve("meter.csv"), text);
    }

    private Path loadgen(SplittableRandom random) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String key : List.of("power_begin", "power_end")) {
            String at = SPL.format(START.plusSeconds(random.nextInt(-100, 700)));
            text.append(":::MLLOG {\"key\": \"" + key + "\", \"value\": \"" + at + "\", \"time_ms\": 0.1}\n");
        }
        return Files.writeString(folder.resolve("mlperf_log_detail.txt"), text);
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
