package dev.wattline.director.session;

import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.results.ServerLog;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.SessionId;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.server.ControlClient;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;

/** The sessions on disk: opens new ones under a name that is free, and finds the files of old ones. */
public final class SessionStore {
    private static final int SECONDS_TRIED = 60;

    private final DirectorContext context;

    public SessionStore(DirectorContext context) {
        this.context = context;
    }

    /**
     * Opens a session named for this second, or the next one that is free.
     *
     * @throws IOException if its folder cannot be made
     */
    public Session open(String label, UUID clientUuid, ControlClient client, ServerLog log) throws IOException {
        Path results = context.config().settings().resultsDir();
        Files.createDirectories(results);
        LocalDateTime second = LocalDateTime.ofInstant(context.time().now(), context.zone());
        for (int i = 0; i < SECONDS_TRIED; i++) {
            SessionId id = SessionId.of(second.plusSeconds(i), label);
            try {
                Files.createDirectory(results.resolve(id.value()));
            } catch (FileAlreadyExistsException e) {
                continue; // two sessions in one second: this one takes the next
            }
            return open(id, clientUuid, client, log);
        }
        throw new IOException("no free session name in " + results);
    }

    private Session open(SessionId id, UUID clientUuid, ControlClient client, ServerLog log) throws IOException {
        SessionFolder folder =
                new SessionFolder(context.config().settings().resultsDir().resolve(id.value()));
        Files.createDirectories(folder.power());
        Files.createDirectories(folder.analyzers());
        UUID serverUuid = context.uuids().get();
        log.writeTo(folder.serverLog());
        SessionJournal journal = SessionJournal.open(folder.root(), context.time());
        journal.add(SessionJournal.Kind.OPENED, id, clientUuid, serverUuid, client.address());
        return new Session(context, id, folder, clientUuid, serverUuid, client, log, journal);
    }

    /** The folder of a session that is on disk; empty for any other text. */
    public Optional<SessionFolder> find(String id) {
        if (!SessionId.isSessionId(id)) {
            return Optional.empty();
        }
        Path root = context.config().settings().resultsDir().resolve(id);
        return Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new SessionFolder(root))
                : Optional.empty();
    }

    /**
     * A file that may be downloaded: one of the protocol's, one below {@code analyzers}, or the journal. Neither links nor
     * paths that lead elsewhere are followed.
     */
    public Optional<Path> file(SessionFolder folder, String name) {
        boolean known = ControlProtocol.SESSION_FILES.contains(name)
                || name.equals(SessionJournal.FILE)
                || (name.matches("analyzers/(restore/)?[-_.A-Za-z0-9]+") && !name.contains(".."));
        return known ? Optional.of(folder.root().resolve(name)) : Optional.empty();
    }
}
