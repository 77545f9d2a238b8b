package dev.wattline.ledger.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPhasesTest {
    @TempDir
    Path session;

    @Test
    void phasesOfRecordedSessionsAreThoseThatWereWorkedOut() throws IOException {
        int rows = 0;
        try (CsvTable expected = CsvTable.open(SharedData.orSkip("ledger/expected/session-phases.csv"))) {
            for (CsvTable.Row row = expected.next(); row != null; row = expected.next()) {
                rows++;
                Path folder = SharedData.orSkip("ledger/rounds")
                        .resolve(row.get("round"))
                        .resolve(row.get("path"));

                SessionPhases phases = SessionPhases.read(folder, Duration.ZERO).orElseThrow();

                assertThat(phases.before().samples()).isEqualTo(Integer.parseInt(row.get("lead_n")));
                assertThat(phases.after().samples()).isEqualTo(Integer.parseInt(row.get("tail_n")));
                assertThat(phases.window().samples()).isEqualTo(Integer.parseInt(row.get("win_n")));
                same(phases.window().mean(), row.get("avg"));
                same(phases.window().greatest(), row.get("peak"));
                same(phases.p99(), row.get("p99"));
                same(phases.cv(), row.get("cv"));
                same(phases.before().mean(), row.get("lead_mean"));
                same(phases.before().least(), row.get("lead_min"));
                same(phases.after().mean(), row.get("tail_mean"));
                same(phases.after().least(), row.get("tail_min"));
                same(phases.windowSeconds(), row.get("dur"));
            }
        }
        assertThat(rows).isEqualTo(41);
    }

    private static void same(double value, String expected) {
        double number = Double.parseDouble(expected);
        assertThat(value).isEqualTo(number, within(1e-11 * number));
    }

    /** 20 s at 100 W, of which one sample was missed; 30 s in the window, the first 5 s at 150 W, then 400 W; 5 s at 150 W. */
    @Test
    void idleWarmUpAndSteadyAreToldApart() throws IOException {
        Files.createDirectories(session.resolve("run_1"));
        Files.writeString(session.resolve("run_1/mlperf_log_detail.txt"), """
                :::MLLOG {"key": "power_begin", "value": "01-02-2023 00:00:20.500"}
                :::MLLOG {"key": "power_end", "value": "01-02-2023 00:00:50.500"}
                """);
        StringBuilder spl = new StringBuilder();
        for (int second = 1; second <= 55; second++) {
            double watts = second == 7 ? -2 : second <= 20 ? 100 : second <= 25 ? 150 : second <= 50 ? 400 : 150;
            spl.append(String.format(
                    Locale.ROOT,
                    "Time,01-02-2023 00:00:%02d.000,Watts,%.3f,Volts,230.0,Amps,1.0,PF,0.9,Mark,x_testing%n",
                    second,
                    watts));
        }
        Files.writeString(session.resolve("run_1/spl.txt"), spl);

        SessionPhases phases = SessionPhases.read(session, Duration.ZERO).orElseThrow();

        assertThat(phases.before().samples()).isEqualTo(19);
        assertThat(phases.idle().mean()).isEqualTo(100);
        assertThat(phases.window().samples()).isEqualTo(30);
        assertThat(phases.warmUp().samples()).isEqualTo(5);
        assertThat(phases.warmUp().mean()).isEqualTo(150);
        assertThat(phases.steady().mean()).isEqualTo(400);
        assertThat(phases.after().mean()).isEqualTo(150);
        assertThat(SessionPhases.read(session, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void aSessionWithoutLogsHasNoPhases() throws IOException {
        assertThat(SessionPhases.read(session, Duration.ZERO)).isEmpty();
    }
}
