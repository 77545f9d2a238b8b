package dev.wattline.sut.download;

import dev.wattline.files.SessionFolder;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.live.Feature;
import dev.wattline.sut.SutException;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.output.ClientLog;
import dev.wattline.sut.output.RunConsole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Gets the director's files of a session that was measured before: the rest of one whose download broke, or all of one
 * that failed. Files that are here already with the hash that the director recorded are left alone. Only a director of
 * Wattline keeps sessions for this.
 */
public final class Fetch {
    /** The director's record of a session. */
    private static final String JOURNAL = "journal.log";

    private final DirectorTarget target;
    private final SessionId session;
    private final SessionFolder folder;
    private final RunConsole console;

    /**
     * A fetch.
     *
     * @param root the session's folder, which holds {@code power}
     */
    public Fetch(DirectorTarget target, SessionId session, Path root, RunConsole console) {
        this.target = target;
        this.session = session;
        this.folder = new SessionFolder(root);
        this.console = console;
    }

    /** What a fetch did: files that came now, files that were there already, and files that the director has not. */
    public record Result(Path folder, List<String> fetched, List<String> present, List<String> missing) {
        public Result {
            fetched = List.copyOf(fetched);
            present = List.copyOf(present);
            missing = List.copyOf(missing);
        }
    }

    /**
     * Fetches.
     *
     * @throws dev.wattline.model.WattlineException if the director cannot be asked or does not have the session, or if a
     *     file has another hash than the director recorded
     */
    public Result run() {
        TimeSource time = TimeSource.system();
        ClientOptions options = ClientOptions.defaults().withTime(time).withDeadlines(target.deadlines());
        if (target.tls().isPresent()) {
            options = options.withTls(target.tls().get());
        }
        try (ClientLog log = new ClientLog(time, ZoneId.systemDefault(), console::logged);
                ControlConnection connection = ControlConnection.open(target.address(), options)) {
            boolean wattline = connection
                    .offerExtension(EnumSet.noneOf(Feature.class), target.token())
                    .isPresent();
            if (!wattline) {
                throw new SutException(
                        "director " + target.address() + " is not one of Wattline and keeps no sessions",
                        "Its sessions end with the runner's connection; measure again.");
            }
            return fetch(connection, log);
        }
    }

    private Result fetch(ControlConnection connection, ClientLog log) {
        SessionDownload download = new SessionDownload(connection, log);
        boolean summarised = download.whatThereIs(session.value(), List.of("power/server.json"), folder)
                .isEmpty();
        List<String> wanted = new ArrayList<>(ControlProtocol.SESSION_FILES);
        wanted.add(JOURNAL);
        List<String> present = new ArrayList<>();
        if (summarised) {
            wanted.addAll(SessionDownload.ownFiles(folder));
            List<String> wrong = SessionDownload.mismatches(folder, wanted);
            for (String file : wanted) {
                // The journal has no hash, because that a session is delivered stands in it too.
                if (!file.equals(JOURNAL)
                        && !wrong.contains(file)
                        && Files.exists(folder.root().resolve(file))) {
                    present.add(file);
                }
            }
        }
        List<String> todo = new ArrayList<>(wanted);
        todo.removeAll(present);
        List<String> missing = download.whatThereIs(session.value(), todo, folder);
        todo.removeAll(missing);
        if (summarised) { // what a failed session never had is not missing
            missing = SessionDownload.recorded(folder, missing);
        }
        if (!summarised && todo.isEmpty()) {
            throw new SutException(
                    "director " + target.address() + " has no files of session " + session,
                    "List its sessions with 'wattline sessions' on the director.");
        }
        if (summarised) {
            List<String> wrong = new ArrayList<>(SessionDownload.mismatches(folder, todo));
            if (!wrong.isEmpty()) {
                throw new SutException(
                        "these files do not have the hashes that the director recorded: " + String.join(", ", wrong),
                        "Look at the director's disk, and for changes to the session's files there.");
            }
        }
        present.remove("power/server.json");
        return new Result(folder.root(), todo, present, missing);
    }
}
