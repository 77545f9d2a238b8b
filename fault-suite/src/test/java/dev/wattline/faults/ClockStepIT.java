package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clock is set, or runs wrong, while something is measured. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class ClockStepIT {
    private static final Duration REPORTED_WITHIN = TestDeadlines.seconds(5);
    private static final String AT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d";

    @Test
    void aStepOfTheRunnersClockIsReportedByBothSides(Lab lab) {
        Program director = lab.startDirector();
        Program run = start(lab);
        long stepped = Lab.now();
        lab.shiftClock("clock", 200);

        Program.Line told = run.awaitLine("the wall clock was stepped by (199|200|201) ms until " + AT, Lab.PATIENCE);
        Program.Line other =
                director.awaitLine("the runner notes .*stepped by (199|200|201) ms until " + AT, Lab.PATIENCE);
        assertThat(told.after(stepped)).isLessThan(REPORTED_WITHIN);
        assertThat(other.after(stepped)).isLessThan(REPORTED_WITHIN);
        lab.letGo();
        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
        bothSummariesSay(lab, "was stepped by");
        lab.outcome(Row.CLOCK_STEP, "runner, step of 200 ms", told.after(stepped), "runner 0", told.text());
        lab.nextSessionSucceeds();
    }

    @Test
    void aStepOfTheDirectorsClockIsReportedByBothSides(Lab lab) {
        Program director = lab.startDirector();
        Program run = start(lab);
        long stepped = Lab.now();
        lab.shiftClock("director", -200);

        String step = "on the director the wall clock was stepped by -(199|200|201) ms";
        Program.Line told = director.awaitLine(step, Lab.PATIENCE);
        Program.Line other = run.awaitLine(step + ".*" + AT, Lab.PATIENCE);
        assertThat(told.after(stepped)).isLessThan(REPORTED_WITHIN);
        assertThat(other.after(stepped)).isLessThan(REPORTED_WITHIN);
        lab.letGo();
        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
        bothSummariesSay(lab, "was stepped by");
        lab.outcome(Row.CLOCK_STEP, "director, step of 200 ms", told.after(stepped), "runner 0", told.text());
        lab.shiftClock("director", 0);
        lab.nextSessionSucceeds();
    }

    @Test
    void bothSidesRecordTheOffsetEachMinuteAndSoNoticeADrift(Lab lab) {
        lab.startDirector();
        Program run = start(lab);
        long began = Lab.now();
        lab.shiftClock("clock", 40); // too little to be called a step
        lab.awaitSamples("clock", "testing", 6);
        lab.shiftClock("clock", 80);

        Program.Line told = run.awaitLine(
                "the director's clock and this machine's have moved by -\\d+ ms against each other since " + AT
                        + ".*uncertainty",
                Lab.PATIENCE.multipliedBy(2));
        // A busy machine makes the looks uncertain, and says so; the first of the two took part with as much as it may.
        assertThat(Double.parseDouble(told.group("moved by -(\\d+) ms")))
                .isCloseTo(80, within(10 + Double.parseDouble(told.group("uncertainty ([\\d.]+) ms"))));
        assertThat(told.after(began)).isLessThan(TestDeadlines.seconds(70));
        lab.letGo();
        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
        assertThat(run.output()).doesNotContain("was stepped by");
        bothSummariesSay(lab, "have moved by");
        String client = offsets(lab.runnersSession("clock").resolve("power/client.json"));
        assertThat(client)
                .containsPattern("^wattline-note,clock,director's clock \\d+\\.\\d+ ms behind \\(uncertainty");
        assertThat(offsets(lab.directorsSession("clock").resolve("power/server.json")))
                .isEqualTo(client);
        lab.outcome(Row.CLOCK_STEP, "runner, drift of 80 ms", told.after(began), "runner 0", told.text());
        lab.nextSessionSucceeds();
    }

    /** Each side's own steps are known, and the time server says who is off. */
    @ParameterizedTest
    @CsvSource({
        "clock, 'this machine is off by 3(599[5-9]|600[0-4])\\d\\d ms and the director by -?\\d{1,3} ms', this machine\'s own clock",
        "director, 'this machine is off by -?\\d{1,3} ms and the director by 3(599[5-9]|600[0-4])\\d\\d ms', the director\'s clock"
    })
    void aStepByAnHourEndsTheRunAndNamesWhoseClockItIs(String stepping, String off, String whose, Lab lab) {
        lab.startDirector();
        Program run = start(lab);
        long stepped = Lab.now();
        lab.shiftClock(stepping, 3_600_000);
        run.awaitLine("the wall clock was stepped by 3(600|599)\\d\\d\\d ms", Lab.PATIENCE);
        lab.letGo();

        Program.Line told = run.awaitLine("the clocks are apart: ", Lab.PATIENCE);
        assertThat(told.text())
                .containsPattern(off)
                .containsPattern(whose + " moved by 3(600|599)\\d\\d\\d ms against");
        assertThat(told.text().split("moved by", -1)).as("one clock moved").hasSize(2);
        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isEqualTo(1);
        lab.directorClosed("clock", "failed");
        lab.rangesAreRestored();
        lab.outcome(Row.CLOCK_STEP, stepping + ", step of 1 h", told.after(stepped), "runner 1", told.text());
        lab.shiftClock("director", 0);
        lab.nextSessionSucceeds();
    }

    private static Program start(Lab lab) {
        Program run = lab.run("clock", Workloads.held(lab));
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        lab.awaitSamples("clock", "testing", 2);
        return run;
    }

    private static String offsets(Path summary) {
        return String.join(
                "\n",
                SummaryJson.read(summary).messages().stream()
                        .map(SessionSummary.Message::command)
                        .filter(command -> command.startsWith("wattline-note,clock,"))
                        .toList());
    }

    private static void bothSummariesSay(Lab lab, String text) {
        lab.directorClosed("clock", "done");
        for (Path summary : List.of(
                lab.runnersSession("clock").resolve("power/client.json"),
                lab.directorsSession("clock").resolve("power/server.json"))) {
            assertThat(String.valueOf(SummaryJson.read(summary).wattline().get("findings")))
                    .as("the findings of %s", summary)
                    .contains(text);
        }
    }
}
