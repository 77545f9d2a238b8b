package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.json.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of the real programs in a random order. Whatever the order, the next session is good, the instrument has the range
 * from before the first fault, no session took another one for the initial one, and no record says that ranges are open. The
 * sequences are the same each time; {@code -Dwattline.faults.seed=N} tries another one.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class RandomFaultsIT {
    private static final int STEPS = 5;
    private static final String UNPLUGGED = """
            {"faults": [{"when": {"start": 0}, "do": "exit", "status": 1}]}""";
    private static final String HANGS = """
            {"faults": [{"when": {"command": "Hello"}, "do": "hang"}]}""";

    private enum Step {
        UNPLUG,
        PLUG_IN,
        PTD_KILLED,
        UNPLUGGED_AND_PTD_KILLED,
        PTD_STOPPED,
        PTD_KILLED_AND_THE_NEXT_HANGS,
        RUNNER_KILLED,
        DIRECTOR_KILLED,
        DIRECTOR_ENDED
    }

    private boolean plugged = true;
    private int sessions;

    static Stream<Long> seeds() {
        Long wanted = Long.getLong("wattline.faults.seed");
        return wanted == null ? Stream.of(12L, 40_917L) : Stream.of(wanted);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterAnySequenceOfFaultsTheNextSessionIsGoodAndTheRangesAreTheFirst(long seed, Lab lab) throws IOException {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        while (steps.size() < STEPS) {
            steps.add(Step.values()[random.nextInt(Step.values().length)]);
        }
        String sequence = "seed " + seed + ": " + steps;
        System.out.println(sequence);
        for (String key : List.of("ptdStart", "ptdReply", "ptdRange", "ptdRead", "ptdStop")) {
            lab.key(key, key.equals("ptdStart") ? "40" : "10");
        }
        lab.startDirector();

        for (Step step : steps) {
            go(step, lab);
        }

        lab.noFaults();
        if (!lab.director().isAlive()) {
            lab.startDirector();
        }
        lab.nextSessionSucceeds();
        for (Path session : sessions(lab)) {
            initialRangesWereTheFirst(session, sequence);
            assertThat(String.valueOf(SummaryJson.read(session.resolve("power/server.json"))
                            .wattline()
                            .get("analyzers")))
                    .as("the summary of %s, %s", session, sequence)
                    .doesNotContain("open_restore");
        }
        lab.outcome(Row.OPEN_RESTORE, "random faults", Duration.ZERO, "", sequence);
    }

    private void go(Step step, Lab lab) {
        switch (step) {
            case UNPLUG -> {
                plugged = false;
                lab.scenario(UNPLUGGED);
            }
            case PLUG_IN -> {
                plugged = true;
                lab.noFaults();
            }
            default -> {
                if (isDirectorThere(lab)) {
                    session(step, lab);
                }
            }
        }
    }

    /** A director does not start without its instrument. */
    private boolean isDirectorThere(Lab lab) {
        if (lab.director().isAlive()) {
            return true;
        }
        if (plugged) {
            lab.startDirector();
            return true;
        }
        assertThat(lab.launchDirector().awaitExit(Lab.PATIENCE)).isEqualTo(1);
        return false;
    }

    private void session(Step step, Lab lab) {
        String label = "faulty" + ++sessions;
        TextFiles.delete(lab.loadgenLogs());
        Program run = lab.run(label, Workloads.endlessInTesting(lab), "--wait");
        if (!plugged) {
            assertThat(run.awaitExit(Lab.PATIENCE.multipliedBy(2)))
                    .as(run::output)
                    .isEqualTo(1);
            return;
        }
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE.multipliedBy(2));
        Ptds.awaitSamples(lab, label, 1, "testing", 2);
        int expected = harm(step, lab, run);
        assertThat(run.awaitExit(Lab.PATIENCE.multipliedBy(2))).as(run::output).isEqualTo(expected);
        if (plugged) {
            lab.noFaults();
        }
    }

    /** Does it; returns the runner's exit status. */
    private int harm(Step step, Lab lab, Program run) {
        switch (step) {
            case UNPLUGGED_AND_PTD_KILLED -> {
                go(Step.UNPLUG, lab);
                Signal.KILL.sendTo(Ptds.process(lab, 1).pid());
            }
            case PTD_KILLED -> Signal.KILL.sendTo(Ptds.process(lab, 1).pid());
            case PTD_KILLED_AND_THE_NEXT_HANGS -> {
                lab.scenario(HANGS);
                Signal.KILL.sendTo(Ptds.process(lab, 1).pid());
            }
            case PTD_STOPPED -> {
                Signal.STOP.sendTo(Ptds.process(lab, 1).pid());
                run.awaitLine("no sample for", Lab.PATIENCE);
                run.signal(Signal.TERM);
                return 143;
            }
            case RUNNER_KILLED -> {
                run.signal(Signal.KILL);
                return 137;
            }
            case DIRECTOR_KILLED -> endDirector(lab, Signal.KILL);
            case DIRECTOR_ENDED -> endDirector(lab, Signal.TERM);
            default -> throw new IllegalArgumentException(step + " needs no session");
        }
        return 1;
    }

    private static void endDirector(Lab lab, Signal signal) {
        lab.director().signal(signal);
        lab.director().awaitExit(Lab.PATIENCE);
    }

    private static List<Path> sessions(Lab lab) throws IOException {
        try (Stream<Path> folders = Files.list(lab.results())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("20"))
                    .toList();
        }
    }

    private static void initialRangesWereTheFirst(Path session, String sequence) {
        assertThat(JournalLine.of(session).stream()
                        .filter(line -> line.kind().equals("RANGES"))
                        .map(line -> line.values().get(1) + " " + line.values().get(2)))
                .as("what %s took for the initial ranges, %s", session, sequence)
                .allMatch("300.000000 5.000000"::equals);
    }
}
