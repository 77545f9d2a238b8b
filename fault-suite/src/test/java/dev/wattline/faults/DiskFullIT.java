package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            Program director = lab.startDirector();
            Program run = lab.run(
                    "full",
                    Workloads.firstThen(
                            Workloads.lasting(1, lab.loadgenLogs()),
                            "echo workload-runs; " + Workloads.lasting(6, lab.loadgenLogs()),
                            lab));
            run.awaitLine(Workloads.RUNS, Lab.PATIENCE);

            long filled = Lab.now();
            disk.fill();

            Program.Line told = run.awaitLine("director: testing: only \\d+ MB are left", Lab.PATIENCE);
            director.awaitLine("only \\d+ MB are left", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isEqualTo(1);
            assertThat(director.isAlive()).isTrue();
            lab.rangesAreRestored(); // the runner does not wait for that
            Path session =
                    disk.seen(lab.results()).resolve(lab.runnersSession("full").getFileName());
            assertThat(Lab.files(session)).contains("ranging/spl.txt", "journal.log");
            lab.outcome(Row.DISK_FULL, "director, in the phase", told.after(filled), "runner 1", told.text());

            disk.free();
            Program fetch = lab.fetch(String.valueOf(session.getFileName()));
            fetch.awaitExit(Lab.PATIENCE);
            assertThat(Lab.files(lab.runnersSession("full"))).as(fetch::output).contains("ranging/spl.txt");
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
