package dev.wattline.director.web;

import dev.wattline.model.IoErrors;
import dev.wattline.model.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports that {@code wattline report} has made of the director's sessions; none is made for a viewer. */
final class SessionReports {
    private static final Logger LOG = LoggerFactory.getLogger(SessionReports.class);
    private static final long MOST_BYTES = 32L << 20;

    private final Path results;

    /** @param results folder of the sessions */
    SessionReports(Path results) {
        this.results = results;
    }

    /** Whether there is one of this session. */
    boolean has(String session) {
        return SessionId.isSessionId(session)
                && Files.isRegularFile(file(session), LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(results.resolve(session));
    }

    /** The report of a session; empty if there is none, or none that can be shown. */
    Optional<byte[]> read(String session) {
        try {
            return has(session) && Files.size(file(session)) <= MOST_BYTES
                    ? Optional.of(Files.readAllBytes(file(session)))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("session={} its report cannot be shown: {}", session, IoErrors.of(e));
            return Optional.empty();
        }
    }

    private Path file(String session) {
        return results.resolve(session).resolve("analysis").resolve("report.html");
    }
}
