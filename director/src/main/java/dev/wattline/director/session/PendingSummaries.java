package dev.wattline.director.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that are over, but whose summary a full disk, or a folder that cannot be written, has kept from being written.
 * It is tried again every few seconds until there is room; what is not written when the director ends is written from the
 * journal at its next start. Safe for use by several threads.
 */
final class PendingSummaries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PendingSummaries.class);
    private static final long EACH_SECONDS = 5;

    @GuardedBy("this")
    private final List<SessionEnd> waiting = new ArrayList<>(); // guarded by this

    @GuardedBy("this")
    private @Nullable ScheduledExecutorService trying; // guarded by this; only while something waits

    /** Takes a session that has been ended, unless all of it is written. */
    synchronized void addIfUnwritten(SessionEnd end) {
        if (!end.isUnwritten()) {
            return;
        }
        waiting.add(end);
        if (trying == null) {
            trying = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "late-ends");
                thread.setDaemon(true);
                return thread;
            });
            var unused = trying.scheduleWithFixedDelay(this::tryAll, EACH_SECONDS, EACH_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void tryAll() {
        waiting.removeIf(PendingSummaries::isWritten);
        if (waiting.isEmpty() && trying != null) {
            trying.shutdown();
            trying = null;
        }
    }

    private static boolean isWritten(SessionEnd end) {
        try {
            end.writeAgain();
            LOG.info("session={} its summary is written now", end.id());
            return true;
        } catch (IOException e) {
            LOG.debug("session={} its summary cannot be written yet", end.id(), e);
            return false;
        } catch (RuntimeException e) { // the next try must take place all the same
            LOG.error("session={} its summary cannot be written", end.id(), e);
            return false;
        }
    }

    @Override
    public synchronized void close() {
        tryAll();
        waiting.forEach(end -> LOG.error(
                "session={} its summary could not be written; the next start writes it from the journal", end.id()));
        if (trying != null) {
            trying.shutdownNow();
            trying = null;
        }
    }
}
