package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The clocks are too far apart when a run begins. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class ClockOffsetIT {
    @Test
    void theRunnerSaysThatItIsItself(Lab lab) {
        lab.startDirector();
        lab.shiftClock("late", -2_000);
        long began = Lab.now();
        Program run = lab.run("late", Workloads.endless());

        Program.Line told =
                run.awaitLine("this machine's clock is (19|20)\\d\\d\\.\\d+ ms behind NTP server", Lab.PATIENCE);
        assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        assertThat(run.output())
                .containsPattern("uncertainty \\d")
                .contains("--set-clock")
                .doesNotContain("setting");
        assertThat(Lab.files(lab.output())).isEmpty();
        lab.nextSessionSucceeds();
        lab.outcome(Row.CLOCK_OFFSET, "runner 2 s behind", told.after(began), "runner 1", told.text());
    }

    @Test
    void theRunnerSaysThatItIsTheDirector(Lab lab) {
        lab.startDirector();
        lab.shiftClock("director", 2_000);
        long began = Lab.now();
        Program run = lab.run("early", Workloads.endless());

        Program.Line told = run.awaitLine("the clocks are apart", Lab.PATIENCE);
        assertThat(told.text())
                .containsPattern("director's clock (19|20)\\d\\d\\.\\d+ ms ahead \\(uncertainty \\d")
                .containsPattern("this machine is off by -?\\d+ ms and the director by (19|20)\\d\\d ms");
        assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        assertThat(run.output()).doesNotContain("setting");
        lab.shiftClock("director", 0);
        lab.nextSessionSucceeds();
        lab.outcome(Row.CLOCK_OFFSET, "director 2 s ahead", told.after(began), "runner 1", told.text());
    }

    @Test
    void clocksAreSetOnlyWhereThatWasAskedFor(Lab lab) {
        Program director = lab.startDirector();
        lab.shiftClock("setting", 2_000);
        long began = Lab.now();
        Program run = lab.run("setting", Workloads.endless(), "--set-clock");

        Program.Line told = run.awaitLine("setting both clocks by", Lab.PATIENCE);
        director.awaitLine("asked this director to set its clock: refused", Lab.PATIENCE);
        // The bench's time server is not on the port that ntpdate knows, so that no clock of this machine is ever set.
        run.awaitLine("ntpdate asks port 123 only", Lab.PATIENCE);
        assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        lab.nextSessionSucceeds();
        lab.outcome(Row.CLOCK_OFFSET, "--set-clock", told.after(began), "runner 1", told.text());
    }

    @Test
    void aDirectorThatIsOffDoesNotStart(Lab lab) {
        lab.shiftClock("director", 5_000);
        long began = Lab.now();
        Program director = lab.launchDirector();
        Program.Line told =
                director.awaitLine("this machine's clock is (49|50)\\d\\d\\.\\d+ ms ahead of NTP server", Lab.PATIENCE);

        assertThat(director.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        lab.nothingIsLeftOf("director", Lab.PATIENCE);
        lab.shiftClock("director", 0);
        lab.startDirector();
        lab.nextSessionSucceeds();
        lab.outcome(Row.CLOCK_OFFSET, "director 5 s ahead at its start", told.after(began), "director 1", told.text());
    }
}
