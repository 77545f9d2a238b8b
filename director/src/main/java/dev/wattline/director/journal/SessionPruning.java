package dev.wattline.director.journal;

import dev.wattline.model.SessionId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old sessions: those that a client has fetched, or any that is closed if that is asked for; never one that is
 * open. By age, or the oldest first until all sessions together are small enough.
 *
 * @param keepDays age in days from which a session is deleted; empty for any age
 * @param keepBytes size of all sessions above which the oldest are deleted; empty for any size
 * @param undelivered whether sessions that no client has fetched may be deleted too
 */
public record SessionPruning(OptionalLong keepDays, OptionalLong keepBytes, boolean undelivered) {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPruning.class);

    /** A session that was, or would be, deleted. */
    public record Pruned(String id, long bytes, String reason) {}

    /**
     * Deletes what the rules ask for, or only tells.
     *
     * @param dryRun whether nothing is deleted
     * @return the sessions concerned, oldest first
     * @throws IOException if a folder cannot be read or deleted
     */
    public List<Pruned> prune(Path results, Instant now, boolean dryRun) throws IOException {
        List<JournaledSession> sessions = JournaledSession.all(results).stream()
                .filter(session -> SessionId.isSessionId(session.id()))
                .toList();
        long total = 0;
        for (JournaledSession session : sessions) {
            total += size(session.folder());
        }
        List<Pruned> pruned = new ArrayList<>();
        for (JournaledSession session : sessions) { // by name, which is by age
            if (!session.isClosed() || !(session.isDelivered() || undelivered)) {
                continue;
            }
            String reason = reason(session, now, total);
            if (!reason.isEmpty()) {
                long bytes = size(session.folder());
                total -= bytes;
                pruned.add(new Pruned(session.id(), bytes, reason));
                if (!dryRun) {
                    LOG.info("session={} bytes={} deleted: {}", session.id(), bytes, reason);
                    delete(session.folder());
                }
            }
        }
        return pruned;
    }

    private String reason(JournaledSession session, Instant now, long total) {
        long days = Duration.between(session.openedAt(), now).toDays();
        if (keepDays.isPresent() && days >= keepDays.getAsLong()) {
            return days + " days old";
        }
        return keepBytes.isPresent() && total > keepBytes.getAsLong()
                ? "the oldest, and all together are too large"
                : "";
    }

    /**
     * The bytes of all files below a folder.
     *
     * @throws IOException if it cannot be read
     */
    public static long size(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
