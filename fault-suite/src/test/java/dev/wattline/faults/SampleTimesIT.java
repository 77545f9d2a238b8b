package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples' time stamps are not of the time in which the workload ran. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class SampleTimesIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-18000 | 5 h behind the director's clock to within .* as another time zone is",
                "3600 | 1 h ahead of the director's clock to within .* as daylight saving time or the next time zone is",
                "400 | \\d+\\.\\d s ahead of the director's clock \\(uncertainty",
            })
    void theClockOfPtdsMachineIsNamedBeforeTheLongRun(int seconds, String told, Lab lab) {
        lab.scenario("{\"faults\": [{\"when\": {\"start\": 0}, \"do\": \"clock\", \"seconds\": " + seconds + "}]}");
        lab.startDirector();
        Program run = lab.run("zone", Workloads.lasting(1, lab.loadgenLogs()));

        Program.Line ended = run.awaitLine("ranging: the workload ended", Lab.PATIENCE);
        Program.Line line = run.awaitLine(
                "analyzer 1: the clock of PTDaemon's machine, by its time stamps, is " + told, Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).isEqualTo(1);
        assertThat(run.output()).doesNotContain("testing:").contains("TZ=UTC");
        lab.directorClosed("zone", "failed");
        assertThat(lab.directorsFailure("zone")).contains("the clock of PTDaemon's machine");
        assertThat(Lab.files(lab.runnersSession("zone"))).contains("ranging/spl.txt");
        assertThat(Files.exists(lab.directorsSession("zone").resolve("run_1/spl.txt")))
                .isFalse();
        lab.rangesAreRestored();
        lab.outcome(
                Row.SAMPLES_OF_ANOTHER_TIME,
                "PTDaemon's clock " + seconds + " s off",
                line.after(ended.nanos()),
                "runner " + exit,
                line.text());
        lab.noFaults();
        lab.nextSessionSucceeds();
    }

    /** The analyzer takes nothing while the load runs; there are samples of the settle time behind it. */
    @Test
    void aWindowWithoutASampleEndsTheRunAfterRanging(Lab lab) {
        lab.key("settle", "5");
        lab.scenario("""
                {"faults": [{"when": {"sample": 1}, "do": "lost", "samples": 11}]}""");
        lab.startDirector();
        Program run = lab.run("window", Workloads.lasting(8, lab.loadgenLogs()));

        Program.Line ended = run.awaitLine("ranging: the workload ended", Lab.PATIENCE);
        Program.Line line = run.awaitLine("not one sample lies in LoadGen's power window", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).isEqualTo(1);
        assertThat(run.output()).doesNotContain("testing: measuring").doesNotContain("the clock of PTDaemon's machine");
        lab.directorClosed("window", "failed");
        lab.rangesAreRestored();
        lab.outcome(
                Row.SAMPLES_OF_ANOTHER_TIME,
                "no sample in the window",
                line.after(ended.nanos()),
                "runner " + exit,
                line.text());
        lab.noFaults();
        lab.nextSessionSucceeds();
    }
}
