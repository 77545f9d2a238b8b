package dev.wattline.director.journal;

import dev.wattline.director.journal.JournaledSession.StartedPtd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and ends a PTDaemon that outlived its director. It is the same process only if pid, start time and command line
 * are those of the journal: a pid alone may have been given to somebody else since.
 */
public final class OrphanedPtd {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedPtd.class);
    private static final long START_TOLERANCE_MILLIS = 1500; // systems tell start times in hundredths or seconds

    private OrphanedPtd() {}

    /** The process of the journal, if it still runs. */
    public static Optional<ProcessHandle> find(StartedPtd started) {
        return ProcessHandle.of(started.pid())
                .filter(ProcessHandle::isAlive)
                .filter(process -> isSame(process, started));
    }

    private static boolean isSame(ProcessHandle process, StartedPtd started) {
        Optional<Instant> startedAt = process.info().startInstant();
        if (startedAt.isPresent()
                && Math.abs(startedAt.get().toEpochMilli() - started.startedAtMillis()) > START_TOLERANCE_MILLIS) {
            return false;
        }
        // A script that stands in for PTDaemon has its interpreter's command line: its arguments must be in it.
        String arguments = started.command().substring(started.command().indexOf(' ') + 1);
        return process.info()
                .commandLine()
                .map(line -> line.contains(arguments))
                .orElse(false);
    }

    /**
     * Ends the process and its children.
     *
     * @param grace how long it may take when it is asked to; then it is killed
     */
    public static void end(ProcessHandle process, Duration grace) {
        LOG.warn("pid={} PTDaemon of an interrupted session still runs and is ended", process.pid());
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!hasEnded(process, grace)) {
            children.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            if (!hasEnded(process, grace)) {
                LOG.error("pid={} PTDaemon of an interrupted session cannot be ended", process.pid());
            }
        }
    }

    private static boolean hasEnded(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process cannot fail", e);
        }
    }
}
