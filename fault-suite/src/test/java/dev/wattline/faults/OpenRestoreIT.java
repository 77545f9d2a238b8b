package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.testing.TestDeadlines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The instrument cannot be reached when its ranges are to be restored, or ignores them: they are restored later. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class OpenRestoreIT {
    private static final String UNPLUGGED = """
            {"faults": [{"when": {"start": 0}, "do": "exit", "status": 1}]}""";
    private static final String HANGS = """
            {"faults": [{"when": {"command": "Hello"}, "do": "hang"}]}""";
    private static final String IGNORED = """
            {"faults": [{"when": {"command": "SR,A", "nth": 4}, "do": "answer", "text": "Range A changed"}]}""";

    /** For a director that was told to end while PTDaemon hangs. */
    private static final Duration ENDS = TestDeadlines.seconds(2);

    @Test
    void rangesThatCouldNotBeRestoredAreSoBeforeTheNextSession(Lab lab) {
        Program run = measuring(lab, "unplugged");
        lab.scenario(UNPLUGGED);
        long killed = Lab.now();
        Signal.KILL.sendTo(Ptds.process(lab, 1).pid());

        Program.Line told =
                run.awaitLine("its ranges from before session .*300 V and 5 A, are not restored yet", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).isEqualTo(1);
        lab.directorClosed("unplugged", "failed");
        assertThat(Ptds.savedRows(lab.runnersSession("unplugged"))).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lab.instrument(1)).doesNotContain(Lab.INITIAL_AMPS);
        assertThat(listed(lab)).contains("analyzer 1: its ranges from before session ", "300 V and 5 A");
        assertThat(doctor(lab)).contains("300 V and 5 A, are to be restored: the last attempt failed: ");

        lab.noFaults();
        lab.nextSessionSucceeds();
        assertThat(listed(lab)).doesNotContain("to be restored");
        lab.outcome(Row.OPEN_RESTORE, "instrument unplugged", told.after(killed), "runner " + exit, told.text());
    }

    @Test
    void anyDirectorThatStartsRestoresWhatAnotherOneCouldNot(Lab lab) {
        Program run = measuring(lab, "restarted");
        lab.scenario(UNPLUGGED);
        Signal.KILL.sendTo(Ptds.process(lab, 1).pid());
        run.awaitLine("are not restored yet", Lab.PATIENCE);
        lab.director().signal(Signal.KILL);
        run.awaitExit(Lab.PATIENCE);

        Program unable = lab.launchDirector();
        assertThat(unable.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        assertThat(lab.instrument(1)).doesNotContain(Lab.INITIAL_AMPS);
        assertThat(listed(lab)).contains("300 V and 5 A");

        lab.scenario(HANGS);
        Program hanging = lab.launchDirector();
        Ptds.process(lab, 1);
        hanging.signal(Signal.KILL);
        hanging.awaitExit(Lab.PATIENCE);
        assertThat(listed(lab)).contains("300 V and 5 A");

        lab.noFaults();
        lab.startDirector();
        lab.rangesAreRestored();
        assertThat(listed(lab)).doesNotContain("to be restored");
        lab.nextSessionSucceeds();
        lab.outcome(Row.OPEN_RESTORE, "unplugged, director killed twice", Duration.ZERO, "", "");
    }

    @Test
    void anInstrumentThatIgnoresItsRangesIsNoticed(Lab lab) {
        lab.scenario(IGNORED);
        lab.startDirector();
        Program run = lab.run("ignored", Workloads.lasting(1, lab.loadgenLogs()));
        run.awaitLine("testing: measuring, the workload runs", Lab.PATIENCE);
        lab.noFaults(); // the PTDaemon that runs keeps its scenario
        Program.Line told = run.awaitLine("are not restored yet: .*but it has", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).as(run::output).isZero();
        assertThat(run.output()).contains("restored through a restarted PTDaemon and read back");
        lab.rangesAreRestored();
        lab.nextSessionSucceeds();
        lab.outcome(Row.OPEN_RESTORE, "SR ignored", Duration.ZERO, "runner " + exit, told.text());
    }

    /** Ctrl-C is often typed again by somebody who sees nothing happen. */
    @ParameterizedTest
    @CsvSource({"TERM, 1", "INT, 1", "INT, 2"})
    void aSignalBreaksOffTheRestoringAndLeavesItToTheNextDirector(Signal signal, int times, Lab lab) {
        lab.key("ptdStop", "60"); // the second runner comes meanwhile, however long it starts
        Program run = measuring(lab, "hung");
        lab.scenario(HANGS);
        Signal.STOP.sendTo(Ptds.process(lab, 1).pid());
        run.signal(Signal.KILL); // its session is closed now, which meets a PTDaemon that does not answer
        lab.director().awaitLine("ended early", Lab.PATIENCE);
        Program second = lab.run("second", Workloads.lasting(1, lab.loadgenLogs()));
        second.awaitLine("busy, (closing the session of|serving) 127\\.0\\.0\\.1:", Lab.PATIENCE);
        assertThat(second.awaitExit(Lab.PATIENCE)).isEqualTo(1);

        long signalled = Lab.now();
        for (int i = 0; i < times; i++) {
            lab.director().signal(signal);
        }
        int exit = lab.director().awaitExit(Lab.PATIENCE);
        Duration took = Duration.ofNanos(Lab.now() - signalled);
        assertThat(exit).isEqualTo(1);
        assertThat(took).isLessThan(ENDS);
        assertThat(lab.processes("director")).isEmpty();
        lab.directorClosed("hung", "failed");
        assertThat(listed(lab)).contains("300 V and 5 A");

        lab.noFaults();
        lab.startDirector();
        lab.rangesAreRestored();
        lab.nextSessionSucceeds();
        lab.outcome(Row.OPEN_RESTORE, times + " SIG" + signal + " while PTDaemon hangs", took, "director " + exit, "");
    }

    /** With the usual settle time: the runner must not give up before the director knows what the matter is. */
    @Test
    void aPtdaemonThatStandsStillAtTheEndOfTestingCostsNoSample(Lab lab) {
        lab.key("settle", "10");
        lab.startDirector();
        Program run = lab.run("stopped", Workloads.lasting(4, lab.loadgenLogs()));
        run.awaitLine("testing: measuring, the workload runs", Lab.PATIENCE.multipliedBy(2));
        Ptds.awaitSamples(lab, "stopped", 1, "testing", 12);
        run.awaitLine("testing: the workload ended", Lab.PATIENCE);
        Signal.STOP.sendTo(Ptds.process(lab, 1).pid());
        long stopped = Lab.now();

        Program.Line told = run.awaitLine("did not answer 'Watts' within 5 s", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).isEqualTo(1);
        assertThat(told.text()).contains("kept at the director as run_1/spl.txt of session ");
        assertThat(Ptds.savedRows(lab.runnersSession("stopped"))).hasSizeGreaterThanOrEqualTo(12);
        lab.directorClosed("stopped", "failed");
        lab.rangesAreRestored();
        lab.nextSessionSucceeds();
        lab.outcome(Row.OPEN_RESTORE, "SIGSTOP, settle 10 s", told.after(stopped), "runner " + exit, told.text());
    }

    private static Program measuring(Lab lab, String label) {
        lab.startDirector();
        Program run = lab.run(label, Workloads.endlessInTesting(lab));
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        Ptds.awaitSamples(lab, label, 1, "testing", 2);
        return run;
    }

    private static String listed(Lab lab) {
        Program sessions =
                lab.start("sessions", "sessions", "sessions", lab.results().toString());
        assertThat(sessions.awaitExit(Lab.PATIENCE)).as(sessions::output).isZero();
        await().atMost(Lab.PATIENCE).until(() -> sessions.output().contains("MB"));
        return sessions.output();
    }

    private static String doctor(Lab lab) {
        List<String> words = List.of("doctor", "-c", lab.file("director.conf").toString());
        Program doctor = lab.start("doctor", "doctor", words.toArray(String[]::new));
        doctor.awaitLine("analyzers' ranges", Lab.PATIENCE);
        doctor.awaitExit(Lab.PATIENCE);
        return doctor.output();
    }
}
