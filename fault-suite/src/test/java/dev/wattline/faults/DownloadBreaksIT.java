package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The connection breaks while the director's files are on their way. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class DownloadBreaksIT {
    /** More than what comes while the workload ends, the replies to stop and done and the first file, less than all files. */
    private static final int BYTES = 12_000;

    @Test
    void fetchGetsTheRestWithTheRecordedHashes(Lab lab) throws IOException {
        lab.startDirector();
        Relay relay = lab.relayToDirector();
        Program run = lab.run("broken", Workloads.held(lab));
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        relay.cutAfter(BYTES);
        lab.letGo();

        Program.Line told = run.awaitLine("broke off", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).isEqualTo(1);
        Path kept = lab.runnersSession("broken");
        assertThat(Lab.files(kept))
                .contains("power/client.json", "run_1/mlperf_log_detail.txt")
                .doesNotContain("run_1/spl.txt")
                .noneMatch(file -> file.endsWith(".tmp"));
        assertThat(run.output()).contains("wattline fetch --session " + kept.getFileName());
        lab.directorClosed("broken", "done");

        relay.passOn();
        Program fetch = lab.fetch(String.valueOf(kept.getFileName()));
        assertThat(fetch.awaitExit(Lab.PATIENCE)).as(fetch::output).isZero();
        Path whole = lab.directorsSession("broken");
        for (String file : List.of("power/server.json", "power/ptd_logs.txt", "ranging/spl.txt", "run_1/spl.txt")) {
            assertThat(kept.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }

        Files.writeString(kept.resolve("run_1/spl.txt"), "a row too many\n", StandardOpenOption.APPEND);
        Program again = lab.fetch(String.valueOf(kept.getFileName()));
        assertThat(again.awaitExit(Lab.PATIENCE)).as(again::output).isZero();
        assertThat(kept.resolve("run_1/spl.txt")).hasSameBinaryContentAs(whole.resolve("run_1/spl.txt"));

        lab.nextSessionSucceeds();
        Program.Line cut = run.awaitLine("testing: the workload ended", Lab.PATIENCE);
        lab.outcome(Row.DOWNLOAD_BREAKS, "connection reset", told.after(cut.nanos()), "runner 1, fetch 0", told.text());
    }
}
