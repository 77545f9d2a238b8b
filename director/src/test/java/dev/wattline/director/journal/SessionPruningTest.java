package dev.wattline.director.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.journal.SessionPruning.Pruned;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sessions are deleted by age and by size, and which never. */
class SessionPruningTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int FILE_BYTES = 1_000_000;
    private static final OptionalLong ANY = OptionalLong.empty();

    @TempDir
    private Path results;

    @BeforeEach
    void makeSessions() throws IOException {
        session("2026-08-01_00-00-00_delivered", 113, Kind.CLOSED, Kind.DELIVERED);
        session("2026-08-02_00-00-00_kept", 112, Kind.CLOSED);
        session("2026-08-03_00-00-00_open", 111);
        session("2026-11-01_00-00-00_delivered", 21, Kind.CLOSED, Kind.DELIVERED);
        session("2026-11-21_00-00-00_delivered", 1, Kind.CLOSED, Kind.DELIVERED);
        Files.writeString(results.resolve("director.log"), "not a session");
        Files.createDirectories(results.resolve("a-folder-of-somebody-else"));
    }

    private void session(String id, int daysOld, Kind... kinds) throws IOException {
        Path folder = Files.createDirectories(results.resolve(id));
        TimeSource then = new ManualTimeSource(NOW.minus(Duration.ofDays(daysOld)));
        try (SessionJournal journal = SessionJournal.open(folder, then)) {
            journal.add(Kind.OPENED, id, "client", "director", "127.0.0.1:1");
            for (Kind kind : kinds) {
                journal.add(kind, "done");
            }
        }
        Files.createDirectories(folder.resolve("power"));
        Files.write(folder.resolve("power/server.log"), new byte[FILE_BYTES]);
    }

    private List<String> prune(OptionalLong days, OptionalLong bytes, boolean undelivered, boolean dryRun)
            throws IOException {
        return new SessionPruning(days, bytes, undelivered)
                .prune(results, NOW, dryRun).stream().map(Pruned::id).toList();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> entries = Files.list(results)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void deletesWhatIsOldAndDelivered() throws IOException {
        List<Pruned> pruned = new SessionPruning(OptionalLong.of(90), ANY, false).prune(results, NOW, false);

        assertThat(pruned).hasSize(1);
        assertThat(pruned.get(0).id()).isEqualTo("2026-08-01_00-00-00_delivered");
        assertThat(pruned.get(0).reason()).isEqualTo("113 days old");
        assertThat(pruned.get(0).bytes()).isGreaterThan(FILE_BYTES);
        assertThat(left())
                .doesNotContain("2026-08-01_00-00-00_delivered")
                .contains("2026-08-02_00-00-00_kept", "2026-08-03_00-00-00_open", "a-folder-of-somebody-else");
    }

    @Test
    void deletesTheOldestDeliveredUntilTheRestIsSmallEnough() throws IOException {
        assertThat(prune(ANY, OptionalLong.of(4 * FILE_BYTES), false, false))
                .containsExactly("2026-08-01_00-00-00_delivered", "2026-11-01_00-00-00_delivered");
        assertThat(left()).hasSize(5);
    }

    @Test
    void neverDeletesAnOpenSessionHoweverOldAndLarge() throws IOException {
        assertThat(prune(OptionalLong.of(0), OptionalLong.of(0), true, false)).hasSize(4);
        assertThat(left()).containsExactly("2026-08-03_00-00-00_open", "a-folder-of-somebody-else", "director.log");
    }

    @Test
    void deletesNothingWhereItOnlyTells() throws IOException {
        assertThat(prune(OptionalLong.of(20), ANY, true, true))
                .containsExactly(
                        "2026-08-01_00-00-00_delivered", "2026-08-02_00-00-00_kept", "2026-11-01_00-00-00_delivered");
        assertThat(left()).hasSize(7);
    }
}
