package dev.wattline.director.restore;

import dev.wattline.director.journal.JournaledSession.StartedPtd;
import dev.wattline.model.DurableFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The open restores of a director on disk: a file for each session and analyzer in {@code open-restores} below the folder
 * of the sessions, replaced in one step and forced to the disk. A file is made of lines {@code key=value} in UTF-8, as
 * {@link Properties} reads them. Safe for use by several threads.
 */
public final class OpenRestoreStore {
    /** The folder's name. */
    public static final String FOLDER = "open-restores";

    private static final String SUFFIX = ".properties";

    private final Path folder;

    /** @param results folder of the sessions */
    public OpenRestoreStore(Path results) {
        this.folder = results.resolve(FOLDER);
    }

    /** Where they are. */
    Path folder() {
        return folder;
    }

    /** The file of an open restore, for a person who wants to delete it. */
    public Path file(OpenRestore open) {
        return folder.resolve(open.session() + "_analyzer_" + open.analyzer() + SUFFIX);
    }

    /**
     * All of them, the oldest first.
     *
     * @throws RestoreException if one cannot be read
     */
    public synchronized List<OpenRestore> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<OpenRestore> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                all.add(read(file));
            }
        } catch (IOException e) {
            throw new RestoreException("could not read " + folder + ": " + e, "Make it readable.", e);
        }
        all.sort(Comparator.comparing(OpenRestore::readAt).thenComparing(OpenRestore::session));
        return all;
    }

    private static OpenRestore read(Path file) throws IOException {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
            OpenRestore open = new OpenRestore(
                    required(values, "session"),
                    Integer.parseInt(required(values, "analyzer")),
                    values.getProperty("address", ""),
                    values.getProperty("instrument", ""),
                    required(values, "volts"),
                    required(values, "amps"),
                    Instant.parse(required(values, "readAt")),
                    values.getProperty("cause", ""),
                    ptd(values));
            open.ranges(); // must be some
            return open;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new RestoreException(
                    file + " is no record of ranges to be restored: " + e.getMessage(),
                    "If the analyzer's ranges are as they should be, delete it.",
                    e);
        }
    }

    private static Optional<StartedPtd> ptd(Properties values) {
        String pid = values.getProperty("ptd.pid", "");
        return pid.isEmpty()
                ? Optional.empty()
                : Optional.of(new StartedPtd(
                        Integer.parseInt(required(values, "analyzer")),
                        Long.parseLong(pid),
                        Long.parseLong(required(values, "ptd.startedAtMillis")),
                        Integer.parseInt(required(values, "ptd.port")),
                        required(values, "ptd.command")));
    }

    private static String required(Properties values, String key) {
        String value = values.getProperty(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("expected a value for '" + key + "', got none");
        }
        return value;
    }

    /**
     * Writes one, in the place of an earlier one of the same session and analyzer; it is on disk when this returns.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    synchronized void put(OpenRestore open) {
        Map<String, String> values = new TreeMap<>();
        values.put("session", open.session());
        values.put("analyzer", Integer.toString(open.analyzer()));
        values.put("address", open.address());
        values.put("instrument", open.instrument());
        values.put("volts", open.volts());
        values.put("amps", open.amps());
        values.put("readAt", open.readAt().toString());
        values.put("cause", open.cause());
        open.restoring().ifPresent(ptd -> {
            values.put("ptd.pid", Long.toString(ptd.pid()));
            values.put("ptd.startedAtMillis", Long.toString(ptd.startedAtMillis()));
            values.put("ptd.port", Integer.toString(ptd.port()));
            values.put("ptd.command", ptd.command());
        });
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) ->
                text.append(key).append('=').append(escaped(value)).append('\n'));
        try {
            replace(file(open), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("could not write down the ranges to be restored", e);
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replaceFirst("^ ", "\\\\ ");
    }

    private void replace(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        DurableFile.replace(file, text);
    }

    /**
     * Deletes one, because the analyzer has its ranges again.
     *
     * @throws UncheckedIOException if it cannot be deleted
     */
    synchronized void remove(OpenRestore open) {
        try {
            Files.deleteIfExists(file(open));
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete the record of ranges that are restored", e);
        }
    }
}
