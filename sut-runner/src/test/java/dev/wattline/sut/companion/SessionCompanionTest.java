package dev.wattline.sut.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.CompanionRecord;
import dev.wattline.files.CompanionRecord.PhaseRun;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.process.WorkloadVariables;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are a POSIX shell's")
class SessionCompanionTest {
    private static final TimeSource TIME = TimeSource.system();

    @TempDir
    private Path root;

    private SessionCompanion companion(String command, boolean loop, int warmSeconds) {
        return new SessionCompanion(
                Optional.of(new CompanionOrder("load", command, "other", loop, Duration.ofSeconds(warmSeconds))),
                TIME,
                text -> {});
    }

    private void start(SessionCompanion companion) {
        companion.start(Phase.TESTING, new SessionFolder(root), WorkloadVariables.of("s", Phase.TESTING));
    }

    private Path file(String name) {
        return root.resolve(name);
    }

    private void awaitLines(String name, int number) {
        await().atMost(TestDeadlines.seconds(30))
                .until(() -> Files.exists(file(name))
                        && Files.readAllLines(file(name)).size() >= number);
    }

    private static PhaseRun only(SessionCompanion companion) {
        List<PhaseRun> runs = companion.record().orElseThrow().phases();
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    @Test
    void runsUntilItIsStoppedAndItsOutputIsKept() throws IOException {
        SessionCompanion companion = companion(
                "echo $WATTLINE_ROLE $WATTLINE_COMPANION_GPUS $WATTLINE_PHASE; echo $$ >" + file("pid") + "; sleep 600",
                false,
                0);
        start(companion);
        awaitLines("pid", 1);
        long pid = Long.parseLong(Files.readString(file("pid")).strip());
        companion.requireRunning();

        assertThat(companion.stop(Phase.TESTING, TIME.nanoTime())).isEmpty();

        await().atMost(TestDeadlines.seconds(10))
                .until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(only(companion)).isEqualTo(new PhaseRun("testing", 1, Optional.empty()));
        assertThat(root.resolve("lab/companion-testing.log")).hasContent("companion other testing");
    }

    @Test
    void whatItLeavesInTheBackgroundEndsToo() throws IOException {
        SessionCompanion companion =
                companion("setsid sleep 600 & echo $! >" + file("pid") + "; exec sleep 601", false, 0);
        start(companion);
        awaitLines("pid", 1);
        long pid = Long.parseLong(Files.readString(file("pid")).strip());

        companion.stop(Phase.TESTING, TIME.nanoTime());

        await().atMost(TestDeadlines.seconds(10))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** A loop is not started again where it fails. */
    @ParameterizedTest
    @CsvSource({"3, false", "0, false", "3, true"})
    void onesEndBeforeTheWorkloadsIsTold(int status, boolean loop) {
        SessionCompanion companion = companion("sleep 1.2; exit " + status, loop, 0);
        start(companion);
        companion.requireRunning();
        await().atMost(TestDeadlines.seconds(30)).until(() -> fails(companion));

        List<String> why = companion.stop(Phase.TESTING, TIME.nanoTime());

        assertThat(why)
                .singleElement()
                .asString()
                .startsWith(CompanionRecord.ENDED + ": load@other")
                .contains("status " + status);
        assertThat(only(companion).starts()).isEqualTo(1);
        assertThat(only(companion).ended().orElseThrow().status()).isEqualTo(status);
        assertThat(companion.record().orElseThrow().suspicions()).isEqualTo(why);
    }

    @Test
    void aLoopWhoseStartsWouldBeTheLoadIsNotStartedAgain() {
        SessionCompanion companion = companion("exit 0", true, 0);
        start(companion);
        await().atMost(TestDeadlines.seconds(30)).until(() -> fails(companion));
        assertThat(companion.stop(Phase.TESTING, TIME.nanoTime())).hasSize(1);
        assertThat(only(companion).starts()).isEqualTo(1);
    }

    private static boolean fails(SessionCompanion companion) {
        try {
            companion.requireRunning();
            return false;
        } catch (CompanionFailedException e) {
            return true;
        }
    }

    @Test
    void oneThatEndsAfterTheWorkloadIsAsItShouldBe() {
        SessionCompanion companion = companion("exit 0", false, 0);
        long workloadEnded = TIME.nanoTime();
        start(companion);
        await().atMost(TestDeadlines.seconds(30)).until(() -> fails(companion));
        assertThat(companion.stop(Phase.TESTING, workloadEnded)).isEmpty();
        assertThat(only(companion).ended()).isEmpty();
    }

    @Test
    void aLoopIsStartedAgainAndItsStartsAreCounted() {
        SessionCompanion companion = companion("echo x >>" + file("started") + "; sleep 1.2", true, 0);
        start(companion);
        awaitLines("started", 3);
        companion.requireRunning();

        assertThat(companion.stop(Phase.TESTING, TIME.nanoTime())).isEmpty();
        assertThat(only(companion).starts()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aWarmOneRunsBeforeAnythingElse() {
        SessionCompanion companion = companion("sleep 600", false, 1);
        long begin = TIME.nanoTime();
        start(companion);
        assertThat(TIME.nanoTime() - begin)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
        companion.close();
    }

    @Test
    void anInterruptionCutsItsWarmingShort() throws Exception {
        SessionCompanion companion = companion("echo x >" + file("started") + "; sleep 600", false, 600);
        CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> start(companion));
        awaitLines("started", 1);

        companion.end();

        TestDeadlines.resultOf(starting, 30);
        start(companion); // none is started any more
        companion.abandon(Phase.TESTING);
        assertThat(Files.readAllLines(file("started"))).hasSize(1);
        assertThat(only(companion).ended()).isEmpty();
    }

    @Test
    void oneThatCannotBeStartedFailsBeforeTheWorkload() {
        SessionCompanion companion = companion("/no/such/program", true, 5);
        start(companion);
        assertThatThrownBy(companion::requireRunning)
                .isInstanceOf(CompanionFailedException.class)
                .hasMessageContaining("127")
                .hasMessageContaining("/no/such/program");
        companion.abandon(Phase.TESTING);
    }
}
