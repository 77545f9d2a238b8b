package dev.wattline.sut.download;

import dev.wattline.files.FileHashes;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.sut.SutException;
import dev.wattline.sut.output.ClientLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gets the director's files of a session into its folder and checks them against the hashes in {@code server.json}. A
 * file that does not have its hash is fetched once more.
 */
public final class SessionDownload {
    /** A plain name in {@code analyzers}, or in what its range restoring left there: what a director says must not lead out of the session's folder. */
    private static final Pattern OWN_FILE = Pattern.compile("analyzers/(restore/)?[A-Za-z0-9_][-_.A-Za-z0-9]*");

    private final ControlConnection connection;
    private final ClientLog log;

    public SessionDownload(ControlConnection connection, ClientLog log) {
        this.connection = connection;
        this.log = log;
    }

    /**
     * Downloads these files in this order, and then what else of the director's own its summary lists, if it is one of
     * Wattline; what is there already is replaced.
     *
     * @throws SutException if a file arrives twice with another hash than the director's
     */
    public void all(String session, List<String> files, boolean ownToo, SessionFolder folder) {
        for (String file : files) {
            one(session, file, folder);
        }
        List<String> wanted = new ArrayList<>(files);
        if (ownToo) {
            List<String> own = ownFiles(folder);
            own.forEach(file -> one(session, file, folder));
            wanted.addAll(own);
        }
        for (String wrong : mismatches(folder, wanted)) {
            log.warning(wrong + " arrived with another hash than the director's; fetching it again");
            one(session, wrong, folder);
        }
        List<String> wrong = mismatches(folder, wanted);
        if (!wrong.isEmpty()) {
            throw new SutException(
                    "these files do not have the hashes that the director recorded: " + String.join(", ", wrong),
                    "Fetch the session again with 'wattline fetch'; if that does not help, see the director's disk.");
        }
    }

    /** The files in {@code analyzers} that the director's summary lists. */
    static List<String> ownFiles(SessionFolder folder) {
        return SummaryJson.read(folder.serverJson()).results().keySet().stream()
                .filter(name -> OWN_FILE.matcher(name).matches())
                .toList();
    }

    /** The files that can be had, whatever happens to the others; returns those that could not. */
    public List<String> whatThereIs(String session, List<String> files, SessionFolder folder) {
        List<String> missing = new ArrayList<>();
        for (String file : files) {
            try {
                one(session, file, folder);
            } catch (WattlineException e) {
                log.warning("could not fetch " + file + ": " + e.getMessage());
                missing.add(file);
            }
        }
        return missing;
    }

    /** Of these files those that the director's summary, which is here, says the session has. */
    public static List<String> recorded(SessionFolder folder, List<String> files) {
        Set<String> results = SummaryJson.read(folder.serverJson()).results().keySet();
        return files.stream().filter(results::contains).toList();
    }

    /** The files that a client fetches of a session that ran these phases, in the order of the reference. */
    public static List<String> files(List<Phase> phases) {
        return ControlProtocol.SESSION_FILES.stream()
                .filter(file -> file.startsWith("power/")
                        || phases.stream().anyMatch(phase -> file.startsWith(phase.folder() + "/")))
                .toList();
    }

    private void one(String session, String file, SessionFolder folder) {
        log.info("Fetching file " + PythonRepr.of(file));
        Path target = folder.root().resolve(file);
        Path parent = Objects.requireNonNull(target.getParent());
        List<Path> made = Stream.of(parent, folder.root())
                .filter(path -> !Files.exists(path))
                .toList();
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new SutException("could not create the folder of " + target + ": " + IoErrors.of(e), null, e);
        }
        try {
            connection.download(session, file, target);
        } finally {
            made.forEach(SessionDownload::removeIfEmpty);
        }
        log.info("Received " + PythonRepr.of(target.toString()));
    }

    /** A file that could not be had leaves no folder behind that was made for it. */
    private static void removeIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            return; // it is not empty, which is how it should be
        }
    }

    /** The files whose hash is not the one that the director's summary has for them; all must be listed there. */
    static List<String> mismatches(SessionFolder folder, List<String> files) {
        SortedMap<String, String> expected =
                SummaryJson.read(folder.serverJson()).results();
        List<String> wrong = new ArrayList<>();
        for (String file : files) {
            String hash = expected.get(file);
            Path path = folder.root().resolve(file);
            if (hash != null && !hash.equals(hash(path))) {
                wrong.add(file);
            }
        }
        return wrong;
    }

    private static String hash(Path file) {
        try {
            return Files.exists(file) ? FileHashes.sha1(file) : "";
        } catch (IOException e) {
            throw new SutException("could not read " + file + " for its hash: " + e, "Check the disk.", e);
        }
    }
}
