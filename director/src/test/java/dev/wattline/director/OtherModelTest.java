package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction.Answer;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PTDaemon names another driver than the configured device type has: told at the session's start, and not refused. */
class OtherModelTest {
    private static final String REST =
            ",1000,1,1,1,1,0,1,1,version=1.11.1-mock-20261122,OS=Linux,mode=power,1,1,1,0,0,no_cal_date,MOCK;X;0;F1.00";

    @TempDir
    private Path folder;

    @Test
    void anotherModelIsToldToTheRunnerAndInTheSummary() throws Exception {
        String id = session("YokogawaWT500", "code=analyzer-model");

        assertThat(findings(id)).contains("analyzer-model", "answers as YokogawaWT500, but device type 49 is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YokogawaWT310E", "YokogawaWT310", "YokogawaWT310E-na"})
    void itsOwnModelsAreNoFinding(String model) throws Exception {
        assertThat(findings(session(model, ""))).doesNotContain("analyzer-model");
    }

    private String session(String model, String pushed) throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        FaultScenario named = FaultScenario.of(new Fault(new OnCommand("Identify", 1), new Answer(model + REST)));
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder, (analyzer, launch, builder) -> builder.speed(20).scenario(named));
        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            assertThat(client.ask("wattline,1,events")).startsWith("OK");
            String reply = client.ask("new,," + UUID.randomUUID());
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            if (!pushed.isEmpty()) {
                assertThat(client.awaitPushed(pushed)).contains(model);
            }
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            return reply.substring(3, reply.indexOf(','));
        }
    }

    private String findings(String id) {
        SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(id));
        return String.valueOf(SummaryJson.read(session.serverJson()).wattline().get("findings"));
    }
}
