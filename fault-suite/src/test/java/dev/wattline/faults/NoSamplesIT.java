package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.TestDeadlines;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ranging phase has no sample. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class NoSamplesIT {
    private static final Duration NOTICED = TestDeadlines.seconds(4);

    @Test
    void rangingFailsAtItsEndWithTheReason(Lab lab) {
        lab.startDirector();
        lab.scenario("""
                {"faults": [{"when": {"sample": 1}, "do": "lost", "samples": 100000}]}""");
        Program run = lab.run("empty", Workloads.lasting(1, lab.loadgenLogs()));

        Program.Line ended = run.awaitLine("the workload ended after", Lab.PATIENCE);
        Program.Line told = run.awaitLine("no range can be found for analyzer 1: 0 samples", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(told.after(ended.nanos())).isLessThan(NOTICED);
        assertThat(exit).isEqualTo(1);
        lab.directorClosed("empty", "failed");
        assertThat(lab.directorsFailure("empty")).contains("no range can be found for analyzer 1: 0 samples");
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
        lab.noFaults();
        lab.nextSessionSucceeds();
        lab.outcome(Row.NO_SAMPLES_IN_RANGING, "none", told.after(ended.nanos()), "runner " + exit, told.text());
    }
}
