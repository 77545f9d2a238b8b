package dev.wattline.director.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.director.live.LiveFeed;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisabledOnOs(OS.WINDOWS)
class NoticesTest {
    private static final Instant AT = Instant.parse("2026-11-28T09:00:00Z");

    @TempDir
    Path folder;

    private final LiveFeed feed = new LiveFeed();

    private Path script(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("notify"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void session(String id, String outcome, @Nullable String cause) {
        feed.began(id, "192.0.2.7:40000", AT);
        feed.ended(outcome, cause, AT.plusSeconds(90));
    }

    @Test
    void theProgramIsToldOfEachSessionInOrder() throws Exception {
        Path told = folder.resolve("told");
        try (Notices notices =
                Notices.start(feed, script("{ printf '%s ' \"$WATTLINE_EVENT\"; cat; } >> '" + told + "'"))) {
            assertThat(notices).isNotNull();
            session("2026-11-28_09-00-00_a", "done", null);
            session("2026-11-28_09-10-00_b", "failed", "the runner's \"network\" is gone");
            await().until(() -> Files.exists(told) && Files.readAllLines(told).size() == 2);
        }

        List<String> lines = Files.readAllLines(told);
        assertThat(lines.get(0)).startsWith("session-done {");
        assertThat(lines.get(1)).startsWith("session-failed {");
        JsonNode failed = new JsonMapper().readTree(lines.get(1).substring("session-failed ".length()));
        assertThat(failed.path("schema").asString()).isEqualTo("wattline-notice-1");
        assertThat(failed.path("event").asString()).isEqualTo("session-failed");
        assertThat(failed.path("id").asString()).isEqualTo("2026-11-28_09-10-00_b");
        assertThat(failed.path("cause").asString()).isEqualTo("the runner's \"network\" is gone");
        assertThat(failed.path("ended").asLong()).isEqualTo(AT.plusSeconds(90).toEpochMilli());
    }

    @Test
    void whatIsWaitingIsToldBeforeItIsClosed() throws Exception {
        Path told = folder.resolve("told");
        try (Notices notices = Notices.start(feed, script("cat >> '" + told + "'"), TestDeadlines.seconds(10))) {
            assertThat(notices).isNotNull();
            for (int i = 0; i < 3; i++) {
                session("2026-11-28_09-0" + i + "-00_a", "done", null);
            }
        }
        assertThat(Files.readAllLines(told)).hasSize(3);
    }

    @Test
    void aSessionDoesNotWaitForAProgramThatHangsOrIsNotThere() throws Exception {
        Path hanging = script("exec sleep 1000");
        try (Notices hung = Notices.start(feed, hanging, Duration.ofSeconds(1));
                Notices absent = Notices.start(feed, folder.resolve("none"))) {
            assertThat(List.of(hung, absent)).hasSize(2);
            for (int i = 0; i < 40; i++) {
                session("2026-11-28_09-" + (10 + i) + "-00_a", "done", null);
            }
            assertThat(feed.now().ended()).hasSize(LiveFeed.ENDED); // nobody has waited 40 times 10 s for it
        }
    }
}
