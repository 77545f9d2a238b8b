package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.director.config.DirectorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may talk to a director, and what strangers may ask of it. */
class AccessTest {
    @TempDir
    private Path folder;

    private Director start(String wattline) throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, wattline, DirectorHarness.analyzer(49));
        return Director.start(DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
    }

    @Test
    void hangsUpOnHostsThatAreNotAllowed() throws Exception {
        try (Director director = start("allow: 192.0.2.0/24\n")) {
            assertThatThrownBy(
                            () -> RawClient.greeted(director.address().port()).close())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void opensNoSessionForAClientWithoutTheToken() throws Exception {
        Files.writeString(folder.resolve("token"), "s3cret\n");
        try (Director director = start("tokenFile: token\n");
                RawClient client = RawClient.greeted(director.address().port())) {
            assertThat(client.ask("new,," + UUID.randomUUID())).startsWith("Error");
        }
    }

    @Test
    void answersWhatHasNoPlaceWithTheReferencesErrors() throws Exception {
        try (Director director = start("");
                RawClient client = RawClient.greeted(director.address().port())) {
            assertThat(client.ask("set_ntp")).startsWith("Error");
            assertThat(client.ask("session,x,start,ranging")).isEqualTo("Error: unknown session");
            assertThat(client.ask("new,a b," + UUID.randomUUID())).isEqualTo("Error: invalid label");
            assertThat(client.ask("new,,no uuid")).isEqualTo("Error: exception");
            assertThat(client.ask("download,../..,power/server.json")).isEqualTo("Error");
            String id = client.ask("new,," + UUID.randomUUID()).substring(3).split(",")[0];
            assertThat(client.ask("session,*,stop,ranging"))
                    .isEqualTo("Error: the session is in state INITIAL, where this has no place");
            assertThat(client.ask("session,*,start,testing"))
                    .isEqualTo("Error: the session is in state INITIAL, where this has no place");
            assertThat(client.ask("session,*,start,cooking")).isEqualTo("Error Unknown session command");
            assertThat(client.ask("session,*,start")).isEqualTo("Error: exception");
            assertThat(client.ask("download," + id + ",../director.log")).isEqualTo("Error");
            assertThat(client.ask("download," + id + ",analyzers/../journal.log"))
                    .isEqualTo("Error");
            assertThat(client.ask("cleanup," + id)).startsWith("Error");
            assertThat(client.ask("session," + id + ",done")).isEqualTo("OK");
            assertThat(client.ask("session," + id + ",done")).isEqualTo("Error: unknown session");
        }
    }

    @Test
    void givesTwoSessionsOfOneSecondNamesOfTheirOwn() throws Exception {
        try (Director director = start("");
                RawClient client = RawClient.greeted(director.address().port())) {
            String first = client.ask("new,," + UUID.randomUUID());
            String second = client.ask("new,," + UUID.randomUUID());

            assertThat(second).startsWith("OK ").isNotEqualTo(first);
            assertThat(first.substring(3, 22)).isLessThan(second.substring(3, 22));
        }
    }

    @Test
    void measuresWithRangesGivenByHandButOnlyWithinTheDevicesSpan() throws Exception {
        try (Director director = start("");
                RawClient client = RawClient.greeted(director.address().port())) {
            String id = client.ask("new,," + UUID.randomUUID()).substring(3).split(",")[0];
            assertThat(client.ask("session,*,start,testing,300.0,2.0")).isEqualTo("OK");
            assertThat(client.ask("session,*,stop,testing")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(client.download(id, "run_1/spl.txt")).contains(id + "_testing");
            assertThat(client.download(id, "power/server.json")).contains("\"SR,V,300.0\"", "\"SR,A,2.0\"");

            client.ask("new,," + UUID.randomUUID());
            assertThat(client.ask("session,*,start,testing,300.0,21")).isEqualTo("Error setting current range: ['21']");
            client.ask("new,," + UUID.randomUUID());
            assertThat(client.ask("session,*,start,testing,1e9,2")).isEqualTo("Error setting voltage range: ['1e9']");
        }
    }

    @Test
    void endsWhenAClientThatHadItsSessionAsksForIt() throws Exception {
        try (Director director = start("")) {
            try (RawClient client = RawClient.greeted(director.address().port())) {
                assertThat(client.ask("stop")).isEqualTo("OK");
            }
            director.awaitStop();
            assertThat(director.cutSessionShort()).isFalse();
        }
    }
}
