package dev.wattline.records.index;

import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.IoErrors;
import dev.wattline.records.RecordsException;
import dev.wattline.records.json.IndexLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the lines of an index. */
public final class Indexing {
    private final IndexFile index;
    private final Consumer<Path> progress;
    private final Consumer<SessionReport> checked;

    /** @param progress told of each session before it is read */
    public Indexing(IndexFile index, Consumer<Path> progress) {
        this(index, progress, report -> {});
    }

    private Indexing(IndexFile index, Consumer<Path> progress, Consumer<SessionReport> checked) {
        this.index = index;
        this.progress = progress;
        this.checked = checked;
    }

    /**
     * An indexing for who wants the checks too, which a line takes anyway.
     *
     * @param checked told what they came to, before the session's line is written; not of sessions without analyzer
     */
    public static Indexing telling(IndexFile index, Consumer<SessionReport> checked) {
        return new Indexing(index, session -> {}, checked);
    }

    /**
     * Adds sessions, or what is known of them now; where nothing changed the line is the same.
     *
     * @throws RecordsException if one of them does not lie below the index's folder
     */
    public void add(List<Path> sessions) {
        Path root = index.root().toAbsolutePath().normalize();
        for (Path session : sessions) {
            if (!session.toAbsolutePath().normalize().startsWith(root)) {
                throw new RecordsException(
                        session + " does not lie below " + index.root(),
                        "Copy the session into that folder, or name the folder of the index that it lies in.",
                        null);
            }
        }
        index.append(lines(sessions));
    }

    /** Derives the whole index anew from the sessions below its folder; returns their number. */
    public int rebuild() {
        try {
            List<Path> sessions = sessions(index.root());
            index.replace(lines(sessions));
            return sessions.size();
        } catch (IOException e) {
            throw new RecordsException("cannot list " + index.root() + ": " + IoErrors.of(e), null, e);
        }
    }

    /**
     * What belongs into the index of a folder: the sessions below it, and those without analyzer that lie in it.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<Path> sessions(Path root) throws IOException {
        List<Path> all = new ArrayList<>(SessionFinder.below(root));
        all.addAll(InformalEntry.in(root));
        return all;
    }

    /** Lines that are made as they are asked for, so that no number of sessions fills the memory. */
    private Iterator<String> lines(List<Path> sessions) {
        Map<String, Set<String>> tags = Tags.read(index);
        return sessions.stream()
                .map(session -> {
                    progress.accept(session);
                    return IndexLine.text(SessionEntry.of(index.root(), session, tags, checked));
                })
                .iterator();
    }
}
