package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction.Hang;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import dev.wattline.mock.scenario.Trigger.Start;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client that asked for events hears when an analyzer is lost or the director ends; how soon a director can end. */
class LossAndEndTest {
    private static final Duration AT_ONCE = TestDeadlines.seconds(10); // far below ptdStart

    @TempDir
    private Path folder;

    @Test
    void tellsOnceThatPtdaemonEnded() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        EmbeddedPtd ptd = EmbeddedPtd.fast(folder);
        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            measure(client);

            ptd.kill(1);

            assertThat(client.awaitPushed("code=ptd-lost"))
                    .startsWith("* event,severity=fatal,")
                    .contains("analyzer 1: PTDaemon ended with exit status 0");
            assertThat(client.ask("session,*,stop,ranging")).startsWith("Error: analyzer 1: PTDaemon ended");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(client.pushed())
                    .filteredOn(line -> line.contains("code=ptd-lost"))
                    .hasSize(1);
        }
    }

    @Test
    void tellsThatTheDirectorEnds() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        Director director =
                Director.start(DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
        try (RawClient client = RawClient.greeted(director.address().port())) {
            measure(client);

            director.close();

            assertThat(client.awaitPushed("code=director-ends"))
                    .startsWith("* event,severity=fatal,")
                    .contains("what was measured is kept");
            assertThat(director.cutSessionShort()).isTrue();
        }
    }

    private enum Waiting {
        FOR_THE_PORT,
        FOR_HELLO
    }

    @ParameterizedTest
    @EnumSource
    void endsSoonAlsoWhilePtdaemonStarts(Waiting waiting) throws Exception {
        DirectorConfig config = DirectorHarness.config(
                folder, "ptdStart: " + 6 * AT_ONCE.toSeconds() + "\n", DirectorHarness.analyzer(49));
        Fault hang = new Fault(waiting == Waiting.FOR_THE_PORT ? new Start(0) : new OnCommand("Hello", 1), new Hang());
        CompletableFuture<Void> begun = new CompletableFuture<>();
        EmbeddedPtd ptd = new EmbeddedPtd(folder, (analyzer, launch, builder) -> {
            if (launch == 2) {
                begun.complete(null);
                return builder.scenario(FaultScenario.of(hang));
            }
            return builder.speed(20);
        });
        Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
        try (RawClient client = RawClient.greeted(director.address().port())) {
            assertThat(client.ask("new,," + UUID.randomUUID())).startsWith("OK ");
            client.send("session,*,start,ranging");
            TestDeadlines.resultOf(begun, 10);

            CompletableFuture<Void> closing = CompletableFuture.runAsync(director::close);

            Awaitility.await().atMost(AT_ONCE).until(closing::isDone);
            assertThat(director.cutSessionShort()).isTrue();
        }
    }

    private static void measure(RawClient client) throws Exception {
        assertThat(client.ask("wattline,1,events")).startsWith("OK");
        assertThat(client.ask("new,," + UUID.randomUUID())).startsWith("OK ");
        assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
    }
}
