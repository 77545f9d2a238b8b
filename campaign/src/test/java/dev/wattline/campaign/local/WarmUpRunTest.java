package dev.wattline.campaign.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.agent.AgentException;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "a campaign runs on Linux")
class WarmUpRunTest {
    @TempDir
    private Path folder;

    private WarmUpRun run(String script) {
        return new WarmUpRun(
                List.of("sh", "-c", script), folder, folder.resolve("log"), Map.of("WATTLINE_PHASE", "plain"));
    }

    private long lines() throws IOException {
        return Files.exists(folder.resolve("runs"))
                ? Files.readAllLines(folder.resolve("runs")).size()
                : 0;
    }

    @Test
    void itIsStartedAgainUntilTheTimeIsOver() throws IOException {
        long begin = System.nanoTime();

        run("echo $WATTLINE_PHASE >>runs; sleep 0.1").run(Duration.ofSeconds(2));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(1990));
        assertThat(Files.readAllLines(folder.resolve("runs")))
                .hasSizeGreaterThan(1)
                .containsOnly("plain");
    }

    /** Its children end with it. */
    @Test
    void oneThatGoesOnIsEndedWithItsChildren() throws IOException {
        run("sleep 617 & echo $! >child; wait").run(Duration.ofSeconds(1));

        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        await().atMost(TestDeadlines.seconds(20))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void oneThatFailsIsTold() {
        assertThatThrownBy(() -> run("exit 3").run(Duration.ofMinutes(5)))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("exit status 3");
    }

    @Test
    void itEndsWhereTheCampaignIsAskedToEnd() throws Exception {
        WarmUpRun run = run("echo run >>runs; sleep 618");
        Thread warming = new Thread(() -> run.run(Duration.ofMinutes(10)));
        warming.start();
        await().atMost(TestDeadlines.seconds(20)).until(() -> lines() == 1);

        run.end();

        warming.join(TestDeadlines.seconds(20).toMillis());
        assertThat(warming.isAlive()).isFalse();
    }
}
