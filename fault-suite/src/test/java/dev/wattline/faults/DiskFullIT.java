package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.json.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** One side's disk has too little room, fills up while something is measured, or cannot be written to. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class DiskFullIT {
    private static final int TOO_LITTLE =
            20; // MB; a phase is taken to need 50 on the runner's side and 67 on the director's
    private static final int ENOUGH = 90;

    @Test
    void theRunnerRefusesAPhaseWithoutRoom(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.output(), TOO_LITTLE)) {
            lab.startBy("small", disk.prefix());
            lab.startDirector();
            long began = Lab.now();
            Program run = lab.run("small", Workloads.endless());

            Program.Line told =
                    run.awaitLine("the disk of .* has \\d+ MB left; a phase may need \\d+ MB", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
            assertThat(run.line(Workloads.RUNS)).isEmpty();
            lab.directorClosed("small", "failed");
            lab.outcome(Row.DISK_FULL, "runner, before the phase", told.after(began), "runner 1", told.text());
            lab.nextSessionSucceeds();
        }
    }

    @Test
    void whatTheRunnersFullDiskHasNoRoomForIsFetchedLater(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.output(), ENOUGH)) {
            lab.startBy("full", disk.prefix());
            lab.startBy("fetch", disk.prefix());
            lab.startDirector();
            String filling =
                    Workloads.lasting(1, lab.loadgenLogs()) + "; cat /dev/zero > '" + lab.output() + "/filler'; true";
            Program run = lab.run("full", Workloads.firstThen(Workloads.lasting(1, lab.loadgenLogs()), filling, lab));
            Program.Line ended = run.awaitLine("testing: the workload ended", Lab.PATIENCE);

            Program.Line told = run.awaitLine("No space left", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isEqualTo(1);
            Path whole = lab.directorsSession("full");
            Path kept = disk.seen(lab.output()).resolve(whole.getFileName());
            assertThat(Lab.files(kept)).contains("power/client.log", "ranging/mlperf_log_detail.txt");
            assertThat(Lab.files(lab.loadgenLogs())).contains("mlperf_log_detail.txt", "mlperf_log_summary.txt");
            assertThat(Lab.files(whole)).contains("run_1/spl.txt", "power/server.json");
            lab.rangesAreRestored();

            disk.free();
            Program fetch = lab.fetch(String.valueOf(whole.getFileName()));
            assertThat(fetch.awaitExit(Lab.PATIENCE)).as(fetch::output).isZero();
            assertThat(kept.resolve("run_1/spl.txt")).hasSameBinaryContentAs(whole.resolve("run_1/spl.txt"));
            lab.outcome(
                    Row.DISK_FULL, "runner, in the phase", told.after(ended.nanos()), "runner 1, fetch 0", told.text());
            lab.nextSessionSucceeds();
        }
    }

    @Test
    void theRunnerRefusesAFolderThatCannotBeWrittenTo(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.output(), ENOUGH)) {
            disk.protect();
            lab.startBy("protected", disk.prefix());
            lab.startDirector();
            long began = Lab.now();
            Program run = lab.run("protected", Workloads.endless());

            Program.Line told = run.awaitLine("could not write to the output folder .*Read-only", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
            assertThat(run.line(Workloads.RUNS)).isEmpty();
            lab.outcome(Row.DISK_FULL, "runner, not writable", told.after(began), "runner 1", told.text());
            lab.nextSessionSucceeds();
        }
    }

    /** Also for root, whom no permission keeps from writing. */
    @Test
    void theRunnerRefusesAFolderThatIsAFile(Lab lab) throws IOException {
        lab.startDirector();
        Files.delete(lab.output());
        Files.writeString(lab.output(), "no folder");
        long began = Lab.now();
        Program run = lab.run("below", Workloads.endless());

        Program.Line told = run.awaitLine("could not write to the output folder .*Not a directory", Lab.PATIENCE);
        assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        assertThat(run.line(Workloads.RUNS)).isEmpty();
        assertThat(lab.output()).hasContent("no folder");
        lab.outcome(Row.DISK_FULL, "runner, a file for a folder", told.after(began), "runner 1", told.text());
        Files.delete(lab.output());
        lab.nextSessionSucceeds();
    }

    @Test
    void theRunnerTellsBothSidesOfADiskThatFillsUpWhileTheWorkloadRuns(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.output(), ENOUGH)) {
            lab.startBy("filling", disk.prefix());
            Program director = lab.startDirector();
            String fill = "head -c 60000000 /dev/zero > '" + lab.output() + "/filler'; "
                    + Workloads.heldUntil(lab.file("go")) + Workloads.lasting(1, lab.loadgenLogs());
            Program run = lab.run("filling", Workloads.firstThen(Workloads.lasting(1, lab.loadgenLogs()), fill, lab));
            Program.Line filled = run.awaitLine(Workloads.RUNS, Lab.PATIENCE);

            String warning = "only \\d+ MB are left on the runner's disk of " + lab.output();
            Program.Line told = run.awaitLine("warning: " + warning, Lab.PATIENCE);
            director.awaitLine(warning, Lab.PATIENCE);
            lab.letGo();
            assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero(); // there was room for what is left there
            String session = lab.directorsSession("filling").getFileName().toString();
            assertThat(Lab.read(lab.directorsSession("filling").resolve("power/server.json")))
                    .contains("left on the runner's disk");
            assertThat(disk.seen(lab.output()).resolve(session).resolve("power/client.json"))
                    .content()
                    .contains("left on the runner's disk");
            lab.outcome(Row.DISK_FULL, "runner, live check", told.after(filled.nanos()), "runner 0", told.text());
            lab.nextSessionSucceeds();
        }
    }

    @Test
    void theDirectorDoesNotStartWhereItCannotWrite(Lab lab) throws IOException {
        Files.writeString(lab.results(), "no folder");
        long began = Lab.now();
        Program below = lab.launchDirector();
        assertThat(below.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        Program.Line told = below.awaitLine("cannot write sessions to " + lab.results(), Lab.PATIENCE);
        assertThat(below.output()).contains("resultsDir");
        Files.delete(lab.results());
        lab.outcome(Row.DISK_FULL, "director, a file for a folder", told.after(began), "director 1", told.text());

        try (SmallDisk disk = SmallDisk.orSkip(lab.results(), ENOUGH)) {
            disk.protect();
            lab.startBy("director", disk.prefix());
            Program director = lab.launchDirector();
            assertThat(director.awaitExit(Lab.PATIENCE)).isEqualTo(1);
            director.awaitLine("cannot write sessions to .*Read-only", Lab.PATIENCE);
        }
        lab.startBy("director", List.of());
        lab.startDirector();
        lab.nextSessionSucceeds();
    }

    @Test
    void theDirectorRefusesASessionOnceItsFolderCannotBeWrittenTo(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.results(), ENOUGH)) {
            lab.startBy("director", disk.prefix());
            Program director = lab.startDirector();
            disk.cover();
            long began = Lab.now();
            Program run = lab.run("protected", Workloads.endless());

            Program.Line told = run.awaitLine(
                    "could not write a new session to " + lab.results() + ": Read-only file system. Remedy: make",
                    Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
            director.awaitLine("no session could be opened in " + lab.results(), Lab.PATIENCE);
            assertThat(run.line(Workloads.RUNS)).isEmpty();
            assertThat(director.isAlive()).isTrue();
            lab.outcome(Row.DISK_FULL, "director, not writable", told.after(began), "runner 1", told.text());
            disk.uncover();
            aSessionSucceeds(lab, disk);
        }
    }

    @Test
    void theDirectorRefusesAPhaseWithoutRoom(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.results(), ENOUGH)) {
            lab.startBy("director", disk.prefix());
            Program director = lab.startDirector();
            disk.fill();
            Shell.run("truncate -s " + (ENOUGH - TOO_LITTLE) + "M '"
                    + disk.seen(lab.results().resolve("filler")) + "'");
            long began = Lab.now();
            Program run = lab.run("small", Workloads.endless());

            Program.Line told = run.awaitLine("only \\d+ MB are left, too little for a phase", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(1);
            director.awaitLine("only \\d+ MB are left, too little for a phase", Lab.PATIENCE);
            assertThat(run.line(Workloads.RUNS)).isEmpty();
            lab.outcome(Row.DISK_FULL, "director, before the phase", told.after(began), "runner 1", told.text());
            disk.free();
            assertThat(director.isAlive()).isTrue();
            aSessionSucceeds(lab, disk);
        }
    }

    @Test
    void whatTheDirectorsFullDiskHasNoRoomForDoesNotCostWhatIsThere(Lab lab) throws IOException {
        try (SmallDisk disk = SmallDisk.orSkip(lab.results(), ENOUGH)) {
            lab.startBy("director", disk.prefix());
            Path temporary = Files.createDirectory(lab.file("temporary"));
            lab.javaOption("director", "-Djava.io.tmpdir=" + temporary);
            Program director = lab.startDirector();
            Program run = lab.run("full", Workloads.held(lab));
            run.awaitLine(Workloads.RUNS, Lab.PATIENCE);

            long filled = Lab.now();
            disk.fill();

            Program.Line told = run.awaitLine("director: testing: only \\d+ MB are left", Lab.PATIENCE);
            lab.letGo();
            director.awaitLine("only \\d+ MB are left", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isEqualTo(1);
            assertThat(director.isAlive()).isTrue();
            lab.rangesAreRestored(); // the runner does not wait for that
            Path session =
                    disk.seen(lab.results()).resolve(lab.runnersSession("full").getFileName());
            assertThat(Lab.files(session)).contains("ranging/spl.txt", "journal.log");
            lab.outcome(Row.DISK_FULL, "director, in the phase", told.after(filled), "runner 1", told.text());

            director.awaitLine("they are written as soon as there is room", Lab.PATIENCE);
            assertThat(session.resolve("power/server.json")).doesNotExist();
            disk.free();
            Program.Line written = director.awaitLine("its summary is written now", Lab.PATIENCE);
            assertThat(SummaryJson.read(session.resolve("power/server.json")).wattline())
                    .containsEntry("outcome", "failed");
            Program fetch = lab.fetch(String.valueOf(session.getFileName()));
            fetch.awaitExit(Lab.PATIENCE);
            assertThat(Lab.files(lab.runnersSession("full")))
                    .as(fetch::output)
                    .contains("ranging/spl.txt", "power/server.json");
            assertThat(Files.exists(temporary) ? Lab.files(temporary) : List.of())
                    .as("what was left where PTDaemon wrote meanwhile")
                    .isEmpty();
            lab.outcome(Row.DISK_FULL, "director, server.json", written.after(filled), "", written.text());
            aSessionSucceeds(lab, disk);
        }
    }

    private static void aSessionSucceeds(Lab lab, SmallDisk disk) {
        Program run = lab.run("after", Workloads.lasting(1, lab.loadgenLogs()), "--wait");
        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
        assertThat(Files.exists(disk.seen(lab.results()))).isTrue();
        assertThat(Lab.files(lab.runnersSession("after"))).contains("run_1/spl.txt", "power/server.json");
        assertThat(lab.instrument(1)).contains(Lab.INITIAL_AMPS);
    }
}
