package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The class archive that the launcher makes on the first start: where, when, by whom, and what becomes of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts for POSIX shells")
class ClassArchiveIT {
    private static final String NOTE = "preparing a class archive";

    @TempDir
    Path scratch;

    private LauncherSandbox sandbox;

    @BeforeEach
    void checkout() throws IOException {
        sandbox = new LauncherSandbox(scratch, "check out");
    }

    private Path target() {
        return sandbox.root.resolve("cli/target");
    }

    private List<String> archives() {
        return LauncherSandbox.filesEnding(target(), ".jsa");
    }

    private void noArchives() {
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
    }

    @Test
    void archiveIsMadeOnTheFirstStartAndUsedFromThen() throws Exception {
        // Not below a folder with a space: there JDK 17 archives the JDK's classes only.
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();

        Outcome first = sandbox.run(sandbox.launcher(), "--version");
        sandbox.environment.put("WATTLINE_JAVA_OPTS", "-Xlog:class+load:file=" + scratch.resolve("classes.log"));
        Outcome second = sandbox.run(sandbox.launcher(), "--version");

        assertThat(first.err()).contains(NOTE);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(archives()).hasSize(1);
        assertThat(Files.readAllLines(scratch.resolve("classes.log")))
                .anyMatch(
                        line -> line.contains("dev.wattline.cli.Main ") && line.contains("shared objects file (top)"));
    }

    @Test
    void runnerHasAnArchiveOfItsOwnThatHoldsNoOtherCommandsClasses() throws Exception {
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();
        sandbox.run(sandbox.launcher(), "--version");
        String ofAll = archives().get(0);

        Outcome first = sandbox.run(sandbox.launcher(), "run", "--help");
        sandbox.environment.put("WATTLINE_JAVA_OPTS", "-Xlog:class+load:file=" + scratch.resolve("classes.log"));
        Outcome second = sandbox.run(sandbox.launcher(), "run", "--help");

        assertThat(first.err()).contains(NOTE);
        assertThat(second.err()).isEmpty();
        String ofRunner = ofAll.replace(".jsa", "-run.jsa");
        assertThat(archives()).containsExactlyInAnyOrder(ofAll, ofRunner);
        assertThat(Files.size(target().resolve(ofRunner))).isLessThan(Files.size(target().resolve(ofAll)) / 2);
        assertThat(Files.readAllLines(scratch.resolve("classes.log")))
                .anyMatch(line -> line.contains("dev.wattline.cli.run.RunCommand ")
                        && line.contains("shared objects file (top)"));
    }

    @Test
    void concurrentFirstStartsAllRunAndMakeOneArchive() throws Exception {
        sandbox.withJar();
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(sandbox.start(sandbox.launcher(), "--version"));
        }

        int notes = 0;
        for (Process start : starts) {
            Outcome outcome = sandbox.outcome(start);
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out()).startsWith("wattline ");
            notes += outcome.err().contains(NOTE) ? 1 : 0;
        }
        assertThat(notes).isEqualTo(1);
        assertThat(archives()).hasSize(1);
        assertThat(LauncherSandbox.filesEnding(target(), ".tmp")).isEmpty();
    }

    @Test
    void newJarGetsANewArchiveAndTheOldOneGoes() throws Exception {
        sandbox.withJar();
        sandbox.run(sandbox.launcher(), "--version");
        List<String> before = archives();

        Files.setLastModifiedTime(sandbox.jar, FileTime.from(Instant.now().plusSeconds(60)));
        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.err()).contains(NOTE);
        assertThat(archives()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void readOnlyCheckoutKeepsItsArchiveInTheUsersCache() throws Exception {
        sandbox.withJar();
        List<Object> somebodyElse = asUserWithoutWriteAccess();
        Path home = Files.createDirectory(scratch.resolve("somebody"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        if (LauncherSandbox.isRoot()) {
            Files.setAttribute(home, "unix:uid", 65534);
        }
        sandbox.environment.put("HOME", home.toString());

        Outcome first = sandbox.run(command(somebodyElse));
        Outcome second = sandbox.run(command(somebodyElse));

        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains(NOTE);
        assertThat(second.err()).isEmpty();
        assertThat(archives()).isEmpty();
        assertThat(LauncherSandbox.filesEnding(home.resolve(".cache/wattline"), ".jsa"))
                .hasSize(1);
    }

    @Test
    void nowhereToWriteMeansNoArchiveAndNoComplaint() throws Exception {
        sandbox.withJar();
        List<Object> somebodyElse = asUserWithoutWriteAccess();
        sandbox.environment.remove("HOME");

        Outcome outcome = sandbox.run(command(somebodyElse));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("wattline ");
    }

    @Test
    void interruptedTrainingLeavesNothingBehind() throws Exception {
        Path partial = scratch.resolve("partial");
        sandbox.withJar().javaHome("17.0.9", """
                for a in "$@"; do
                    case $a in -XX:ArchiveClassesAtExit=*)
                        echo half >"${a#*=}"; echo $$ "${a#*=}" >'%1$s.new'; mv '%1$s.new' '%1$s'; exec sleep 600 ;;
                    esac
                done
                echo started
                """.formatted(partial));

        Process start = sandbox.start(sandbox.launcher(), "--version");
        await().until(() -> Files.exists(partial));
        long trainer = Long.parseLong(Files.readString(partial).split(" ")[0]);
        start.destroy();
        Outcome outcome = sandbox.outcome(start);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TERMINATED.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(archives()).isEmpty();
        assertThat(LauncherSandbox.filesEnding(target(), ".tmp")).isEmpty();
        await().atMost(TestDeadlines.seconds(10))
                .until(() -> ProcessHandle.of(trainer)
                        .map(process -> !process.isAlive())
                        .orElse(true));
    }

    @Test
    void failedTrainingIsSaidAndTheCommandRuns() throws Exception {
        sandbox.withJar().javaHome("17.0.9", "case \"$*\" in *ArchiveClassesAtExit*) exit 1;; esac\necho started\n");

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.out()).isEqualTo("started\n");
        assertThat(outcome.err()).contains("no class archive could be made");
        assertThat(LauncherSandbox.filesEnding(target(), ".tmp")).isEmpty();
    }

    @Test
    void archiveCanBeSwitchedOff() throws Exception {
        noArchives();
        sandbox.withJar();

        assertThat(sandbox.run(sandbox.launcher(), "--version").err()).isEmpty();
        assertThat(archives()).isEmpty();
    }

    private Object[] command(List<Object> prefix) {
        List<Object> command = new ArrayList<>(prefix);
        command.add(sandbox.launcher());
        command.add("--version");
        return command.toArray();
    }

    private List<Object> asUserWithoutWriteAccess() throws IOException {
        if (!LauncherSandbox.isRoot()) {
            Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("r-xr-xr-x"));
            return List.of();
        }
        assumeThat(Files.exists(sandbox.tools.resolve("setpriv")))
                .as("setpriv is there, to give up root's rights to write anywhere")
                .isTrue();
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
}
