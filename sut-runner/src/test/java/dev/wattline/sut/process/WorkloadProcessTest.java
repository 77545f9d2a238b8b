package dev.wattline.sut.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.Phase;
import dev.wattline.testing.TestDeadlines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are a POSIX shell's")
class WorkloadProcessTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void passesOutputAndExitStatusOn() throws Exception {
        try (WorkloadProcess workload = start("echo one; echo two >&2; exit 7")) {
            assertThat(TestDeadlines.resultOf(workload.onExit(), 10)).isEqualTo(7);
            assertThat(workload.lastLines()).containsExactly("two");
        }
        await().untilAsserted(
                        () -> assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n"));
    }

    @Test
    void keepsTheLastLinesOfStandardOutputWhereStandardErrorIsSilent() throws Exception {
        try (WorkloadProcess workload =
                start("i=0; while [ $i -lt 100 ]; do echo line $i; i=$((i+1)); done; printf x")) {
            TestDeadlines.resultOf(workload.onExit(), 10);
            assertThat(workload.lastLines()).hasSize(10).startsWith("line 91").endsWith("line 99", "x");
        }
    }

    @Test
    void inheritsWorkingFolderAndEnvironmentAndNamesTheSession() throws Exception {
        try (WorkloadProcess workload = start("pwd; echo \"$PATH\"; echo $WATTLINE_SESSION")) {
            TestDeadlines.resultOf(workload.onExit(), 10);
            assertThat(workload.lastLines())
                    .containsExactly(
                            Path.of("").toAbsolutePath().toString(), System.getenv("PATH"), RunnerProgram.SESSION);
        }
    }

    @Test
    void endsTheWholeTreeEvenWhereItIgnoresSigterm() throws Exception {
        Path pids = folder.resolve("pids");
        WorkloadProcess workload = start("trap '' TERM; echo $$ >> " + pids + "; sh -c 'trap \"\" TERM; echo $$ >> "
                + pids + "; sleep 600; sleep 600' & sleep 600; sleep 600");
        await().atMost(TestDeadlines.seconds(10))
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);

        workload.end();

        assertThat(TestDeadlines.resultOf(workload.onExit(), 10)).isNotZero();
        for (String pid : Files.readAllLines(pids)) {
            await().atMost(TestDeadlines.seconds(2)).until(() -> !Processes.isRunning(Long.parseLong(pid)));
        }
    }

    @Test
    void aChildThatTheWorkloadLeavesBehindDoesNotHoldItsEndUp() throws Exception {
        Path pid = folder.resolve("pid");
        try (WorkloadProcess workload = start("sleep 600 & echo $! > " + pid + "; echo done")) {
            assertThat(TestDeadlines.resultOf(workload.onExit(), 5)).isZero();
            assertThat(workload.lastLines()).containsExactly("done");
            workload.release();
        }
        long left = Long.parseLong(Files.readString(pid).strip());
        assertThat(Processes.isRunning(left)).isTrue();
        // The shell may have ended before its child has become the sleep.
        await().untilAsserted(() -> assertThat(Leftovers.find()).anySatisfy(leftover -> {
            assertThat(leftover.pid()).isEqualTo(left);
            assertThat(leftover.session()).isEqualTo(RunnerProgram.SESSION);
            assertThat(leftover.command()).isEqualTo("sleep 600");
            assertThat(leftover.runner()).isEmpty();
        }));
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void theEndOfOneWorkloadLeavesAnotherOfThisRunnerAlone() throws Exception {
        try (WorkloadProcess one = start("sleep 600");
                WorkloadProcess other = start("sleep 601")) {
            one.end();
            assertThat(TestDeadlines.resultOf(one.onExit(), 10)).isNotZero();
            ProcessHandle survivor = ProcessHandle.of(other.pid()).orElseThrow();
            assertThat(survivor.isAlive()).isTrue();
        }
    }

    @Test
    void whatAFailedWorkloadLeavesBehindEnds() throws Exception {
        Path pid = folder.resolve("pid");
        try (WorkloadProcess workload = start("sleep 600 & echo $! > " + pid + "; exit 3")) {
            assertThat(TestDeadlines.resultOf(workload.onExit(), 10)).isEqualTo(3);
        }
        long left = awaitPid(pid);
        await().atMost(TestDeadlines.seconds(2)).until(() -> !Processes.isRunning(left));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatLeftTheGroupEndsWithAKilledRunnerToo() throws Exception {
        Path pid = folder.resolve("pid");
        Process runner = startRunner("setsid sh -c 'echo $$ > " + pid + "; exec sleep 600' & wait");
        long escaped = awaitPid(pid);
        assertThat(Leftovers.find())
                .filteredOn(process -> process.pid() == escaped)
                .singleElement()
                .satisfies(process -> assertThat(process.runner()).hasValue(runner.pid()));

        runner.destroyForcibly().waitFor();

        await().atMost(TestDeadlines.seconds(2)).until(() -> !Processes.isRunning(escaped));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAKilledRunnerAndItsKilledGuardLeftIsNotTakenForARunningSession() throws Exception {
        Path pid = folder.resolve("pid");
        Process runner = startRunner("setsid sh -c 'echo $$ > " + pid + "; exec sleep 600' & wait");
        long escaped = awaitPid(pid);
        ProcessHandle guard = runner.children()
                .filter(child ->
                        child.info().arguments().stream().flatMap(Stream::of).anyMatch("wattline-guard"::equals))
                .findFirst()
                .orElseThrow();
        guard.destroyForcibly();
        TestDeadlines.resultOf(guard.onExit(), 10);

        runner.destroyForcibly().waitFor();

        try {
            assertThat(Leftovers.find())
                    .filteredOn(process -> process.pid() == escaped)
                    .singleElement()
                    .satisfies(process -> assertThat(process.runner()).isEmpty());
        } finally {
            runner.descendants().forEach(ProcessHandle::destroyForcibly);
            ProcessHandle.of(escaped).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void theGroupEndsWithinTwoSecondsOfTheRunnersDeathBySigkill() throws Exception {
        Path pids = folder.resolve("pids");
        String command = "trap '' TERM; echo $$ > " + pids + "; sleep 600; sleep 600";
        Process runner = startRunner(command);
        long workload = awaitPid(pids);
        assertThat(Processes.isRunning(workload)).isTrue();
        assertThat(Leftovers.find())
                .filteredOn(process -> process.pid() == workload)
                .singleElement()
                .satisfies(process -> assertThat(process.runner()).hasValue(runner.pid()));

        runner.destroyForcibly().waitFor();

        await().atMost(TestDeadlines.seconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !Processes.isRunning(workload));
    }

    private static long awaitPid(Path file) throws IOException {
        await().atMost(TestDeadlines.seconds(30)).until(() -> Files.exists(file) && Files.size(file) > 0);
        return Long.parseLong(Files.readString(file).strip());
    }

    private static Process startRunner(String workload) throws IOException {
        Process runner = new ProcessBuilder(RunnerProgram.command(workload))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(runner.inputReader(StandardCharsets.UTF_8).readLine()).endsWith(RunnerProgram.GUARDED);
        return runner;
    }

    private WorkloadProcess start(String command) {
        return WorkloadProcess.start(
                command,
                WorkloadVariables.of(RunnerProgram.SESSION, Phase.TESTING),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
