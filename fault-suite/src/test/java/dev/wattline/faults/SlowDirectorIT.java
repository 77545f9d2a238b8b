package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.protocol.DirectorLimits;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A director that speaks plain v3 and cannot report progress takes long for the answer to {@code stop,testing}. */
@ExtendWith(LabExtension.class)
class SlowDirectorIT {
    private static final int SAMPLES = 6000;

    /** Later than the 30 s after which any other silence of a director is a standstill: 36 s for so many samples. */
    private static final double NANOS_FOR_EACH_SQUARE = 1000;

    @Test
    void theAnswerIsWaitedForAndAllIsFetched(Lab lab) {
        startDirector(lab, NANOS_FOR_EACH_SQUARE);
        Program run = lab.run("slow", Workloads.lasting(1, lab.loadgenLogs()));

        String late = lab.director().awaitLine("the answer takes", Lab.PATIENCE).group("the answer takes (\\d+) ms");
        assertThat(Long.parseLong(late)).isGreaterThan(DirectorLimits.STANDSTILL.toMillis());
        assertThat(run.awaitExit(Lab.PATIENCE.plusMillis(Long.parseLong(late))))
                .as(run::output)
                .isZero();

        Path session = lab.runnersSession("slow");
        assertThat(Ptds.savedRows(session)).hasSize(SAMPLES);
        assertThat(Lab.files(session)).contains("power/server.json", "power/client.json", "ranging/spl.txt");
        lab.outcome(Row.SLOW_DIRECTOR, "stop answered after " + late + " ms", Duration.ZERO, "runner 0", "");
    }

    @Test
    void anAnswerBehindItsDeadlineLosesNoSample(Lab lab) {
        startDirector(lab, SlowDirector.UNTIL_ASKED_AGAIN);
        Program run = lab.run(
                "slow",
                Workloads.lasting(1, lab.loadgenLogs()),
                "--deadline",
                "stop=" + TestDeadlines.grantedSeconds(1));

        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isEqualTo(1);
        Program.Line told = run.awaitLine("stop,testing", Lab.PATIENCE);
        Path session = lab.runnersSession("slow");
        assertThat(Ptds.savedRows(session)).hasSize(SAMPLES);
        assertThat(Lab.files(session)).contains("power/server.json", "power/client.json", "run_1/ptd_out.txt");
        lab.outcome(Row.SLOW_DIRECTOR, "deadline passed", Duration.ZERO, "runner 1", told.text());
    }

    private static void startDirector(Lab lab, double nanosForEachSquare) {
        lab.useDirector(lab.startClass(
                SlowDirector.class, "director", Integer.toString(SAMPLES), Double.toString(nanosForEachSquare)));
    }
}
