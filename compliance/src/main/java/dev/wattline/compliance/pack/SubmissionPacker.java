package dev.wattline.compliance.pack;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.WrongFolder;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.SubmissionFiles;
import dev.wattline.compliance.session.Summary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a session exactly what a submission's performance folder must hold, and describes the analyzer beside it. The
 * folder appears whole or not at all, and nothing that is there is ever overwritten.
 */
public final class SubmissionPacker {
    private SubmissionPacker() {}

    /**
     * What was written.
     *
     * @param performance the folder that holds {@code power}, {@code ranging} and {@code run_1}
     * @param documents where the analyzer table and the power settings are
     * @param settingsKept whether power settings were there already, and were left as they are
     * @param files the files in the performance folder, relative to it
     * @param left the files of the session's three folders that a submission must not hold
     */
    public record Packed(
            Path performance, DocumentPlace documents, boolean settingsKept, List<String> files, List<String> left) {}

    /**
     * Packs a session.
     *
     * @param target the performance folder to make
     * @throws PackException if the session lacks a file, or if the target is there already
     */
    public static Packed pack(Path session, Path target) {
        SessionView view = SessionView.of(session.toAbsolutePath().normalize(), session.toString());
        Path performance = target.toAbsolutePath().normalize();
        parent(performance);
        requireAbsent(performance);
        Documents texts = documents(view);
        DocumentPlace place = DocumentPlace.of(performance);
        place.requireNoOther(texts);
        Path temporary = performance.resolveSibling("." + performance.getFileName() + ".partial");
        try {
            Files.createDirectories(parent(performance));
            Files.createDirectory(temporary);
        } catch (IOException e) {
            throw PackException.of("cannot make " + temporary, "Look for what is there.", e);
        }
        try {
            List<String> files = copy(view, temporary);
            List<String> left = left(view);
            Files.deleteIfExists(performance); // an empty folder, as seen above
            Files.move(temporary, performance);
            boolean kept = place.write(texts);
            return new Packed(performance, place, kept, files, left);
        } catch (PyError e) {
            throw new PackException(
                    "cannot pack " + session + ": " + e.words(), "A submission needs all files of the session.", e);
        } catch (IOException e) {
            throw PackException.of("cannot pack " + session + " to " + target, null, e);
        } finally {
            remove(temporary);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new PackException(path + " cannot be a submission's folder", "Name a folder to make.", null);
        }
        return parent;
    }

    private static void requireAbsent(Path performance) {
        if (!Files.exists(performance, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(performance)) {
            if (entries.iterator().hasNext()) {
                throw new PackException(
                        performance + " is there already and not empty",
                        "Name another folder; nothing is overwritten.",
                        null);
            }
        } catch (IOException e) {
            throw new PackException(performance + " is there already and no folder", "Name another folder.", e);
        }
    }

    private static List<String> copy(SessionView view, Path to) throws IOException {
        List<String> files = new ArrayList<>();
        for (String folder : List.of("power", "ranging", "run_1")) {
            Files.createDirectory(to.resolve(folder));
            Set<String> names = folder.equals("power") ? SubmissionFiles.POWER : SubmissionFiles.RUN;
            for (String name : new TreeSet<>(names)) {
                String relative = folder + "/" + name;
                Files.copy(view.file(relative), to.resolve(relative));
                files.add(relative);
            }
        }
        return files;
    }

    private static List<String> left(SessionView view) throws IOException {
        List<String> left = new ArrayList<>();
        for (String folder : List.of("power", "ranging", "run_1")) {
            Set<String> names = folder.equals("power") ? SubmissionFiles.POWER : SubmissionFiles.RUN;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(view.path(folder))) {
                for (Path entry : entries) {
                    String name = String.valueOf(entry.getFileName());
                    if (!names.contains(name)) {
                        left.add(folder + "/" + name);
                    }
                }
            }
        }
        left.sort(null);
        return left;
    }

    private static Documents documents(SessionView view) {
        try {
            Summary client = Summary.load(view, Summary.CLIENT);
            Summary server = Summary.load(view, Summary.SERVER);
            return Documents.of(new SessionFacts(view, client, server, Rounds.latest(), false));
        } catch (PyError e) {
            throw WrongFolder.recognise(view.folder())
                    .map(folder -> new PackException(
                            "cannot pack " + view.shown() + ": " + folder.message(),
                            folder.limit().isEmpty()
                                    ? "Name the folder that holds power, ranging and run_1."
                                    : "Name " + folder.limit() + ".",
                            e))
                    .orElseGet(() -> new PackException(
                            "cannot pack " + view.shown() + ": in " + e.file() + ", " + e.words(),
                            "Fetch the session from the director again.",
                            e));
        } catch (IOException e) {
            throw PackException.of("cannot pack " + view.shown(), null, e);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw PackException.of("cannot remove " + folder, "Remove it by hand.", e);
        }
    }
}
