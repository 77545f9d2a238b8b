package dev.wattline.sut.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
            assertThat(workload.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(7);
            assertThat(workload.lastLines()).containsExactly("two");
        }
        await().untilAsserted(
                        () -> assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n"));
    }

    @Test
    void keepsTheLastLinesOfStandardOutputWhereStandardErrorIsSilent() throws Exception {
        try (WorkloadProcess workload =
                start("i=0; while [ $i -lt 100 ]; do echo line $i; i=$((i+1)); done; printf x")) {
            workload.onExit().get(10, TimeUnit.SECONDS);
            assertThat(workload.lastLines()).hasSize(10).startsWith("line 91").endsWith("line 99", "x");
        }
    }

    @Test
    void inheritsWorkingFolderAndEnvironmentAndNamesTheSession() throws Exception {
        try (WorkloadProcess workload = start("pwd; echo \"$PATH\"; echo $WATTLINE_SESSION")) {
            workload.onExit().get(10, TimeUnit.SECONDS);
            assertThat(workload.lastLines())
                    .containsExactly(
                            Path.of("").toAbsolutePath().toString(), System.getenv("PATH"), "2026-11-22_04-48-34");
        }
    }

    @Test
    void endsTheWholeTreeEvenWhereItIgnoresSigterm() throws Exception {
        Path pids = folder.resolve("pids");
        WorkloadProcess workload = start("trap '' TERM; echo $$ >> " + pids + "; sh -c 'trap \"\" TERM; echo $$ >> "
                + pids + "; sleep 600; sleep 600' & sleep 600; sleep 600");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);

        workload.end();

        assertThat(workload.onExit().get(10, TimeUnit.SECONDS)).isNotZero();
        for (String pid : Files.readAllLines(pids)) {
            await().atMost(Duration.ofSeconds(2)).until(() -> !isRunning(Long.parseLong(pid)));
        }
    }

    @Test
    void aChildThatTheWorkloadLeavesBehindDoesNotHoldItsEndUp() throws Exception {
        Path pid = folder.resolve("pid");
        try (WorkloadProcess workload = start("sleep 600 & echo $! > " + pid + "; echo done")) {
            assertThat(workload.onExit().get(5, TimeUnit.SECONDS)).isZero();
            assertThat(workload.lastLines()).containsExactly("done");
        }
        long left = Long.parseLong(Files.readString(pid).strip());
        assertThat(isRunning(left)).isTrue();
        assertThat(Leftovers.find()).anySatisfy(leftover -> {
            assertThat(leftover.pid()).isEqualTo(left);
            assertThat(leftover.session()).isEqualTo("2026-11-22_04-48-34");
            assertThat(leftover.command()).isEqualTo("sleep 600");
            assertThat(leftover.runner()).isEmpty();
        });
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAKilledRunnerLeftIsNotTakenForARunningSession() throws Exception {
        Path pid = folder.resolve("pid");
        Process runner = startRunner("setsid sh -c 'echo $$ > " + pid + "; exec sleep 600' & wait");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        long escaped = Long.parseLong(Files.readString(pid).strip());

        runner.destroyForcibly().waitFor();

        try {
            assertThat(Leftovers.find())
                    .filteredOn(process -> process.pid() == escaped)
                    .singleElement()
                    .satisfies(process -> assertThat(process.runner()).isEmpty());
        } finally {
            ProcessHandle.of(escaped).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void theGroupEndsWithinTwoSecondsOfTheRunnersDeathBySigkill() throws Exception {
        Path pids = folder.resolve("pids");
        String command = "trap '' TERM; echo $$ > " + pids + "; sleep 600; sleep 600";
        Process runner = startRunner(command);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pids) && Files.size(pids) > 0);
        long workload = Long.parseLong(Files.readString(pids).strip());
        assertThat(isRunning(workload)).isTrue();
        assertThat(Leftovers.find())
                .filteredOn(process -> process.pid() == workload)
                .singleElement()
                .satisfies(process -> assertThat(process.runner()).hasValue(runner.pid()));

        runner.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !isRunning(workload));
    }

    private static Process startRunner(String workload) throws IOException {
        Process runner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunnerToKill.class.getName(),
                        workload)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(runner.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("guarded");
        return runner;
    }

    /** A runner in a JVM of its own, for the tests above to kill. */
    static final class RunnerToKill {
        private RunnerToKill() {}

        public static void main(String[] args) {
            WorkloadProcess workload = WorkloadProcess.start(args[0], "2026-11-22_04-48-34", System.out, System.err);
            System.out.println("guarded");
            workload.onExit().join();
        }
    }

    private WorkloadProcess start(String command) {
        return WorkloadProcess.start(
                command,
                "2026-11-22_04-48-34",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /** Whether the process exists and is more than an entry that nobody has read the exit status of. */
    private static boolean isRunning(long pid) {
        if (ProcessHandle.of(pid).isEmpty()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return ProcessHandle.of(pid).isPresent();
        }
    }
}
