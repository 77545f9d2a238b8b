package dev.wattline.compliance.pack;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.ScenarioChoice;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionKind;
import dev.wattline.compliance.json.RecordedSystem;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.SubmissionLayout;
import dev.wattline.compliance.run.WrongFolder;
import dev.wattline.compliance.session.ResultsTree;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.SubmissionFiles;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.SessionFile;
import dev.wattline.model.Phase;
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
import java.util.Optional;
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
     * @param measurementsKept whether the form of the implementation was there already
     * @param nameplate the file of the power that the supplies are built for, if one was written or was there already
     * @param files the files in the performance folder, relative to it
     * @param left the files of the session's three folders that a submission must not hold
     */
    public record Packed(
            Path performance,
            DocumentPlace documents,
            boolean settingsKept,
            boolean measurementsKept,
            Optional<Path> nameplate,
            List<String> files,
            List<String> left) {}

    /**
     * Packs a session.
     *
     * @param target the performance folder to make
     * @param round the name of the round whose layout and rules count
     * @param supplies the power supplies, for rounds with a nameplate file; null if the user did not tell them
     * @throws PackException if the session lacks a file, ran in another scenario than the target's, or if the target is
     *     there already
     */
    public static Packed pack(Path session, Path target, String round, @Nullable PowerSupplies supplies) {
        SessionView view = SessionView.of(session.toAbsolutePath().normalize(), session.toString());
        Path performance = target.toAbsolutePath().normalize();
        parent(performance);
        requireAbsent(performance);
        SessionFacts facts = facts(view, round);
        requireSubmittable(facts, session);
        requireScenario(facts, performance);
        Documents texts = documents(view, facts);
        SubmissionLayout layout = facts.rules().layout();
        DocumentPlace place = DocumentPlace.of(performance, layout);
        place.requireNoOther(texts);
        Optional<Path> nameplate = nameplate(performance, layout, round, supplies);
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
            boolean hadMeasurements = place.hasMeasurements();
            boolean kept = place.write(texts);
            if (nameplate.isPresent() && supplies != null) {
                supplies.write(nameplate.get());
            }
            return new Packed(performance, place, kept, hadMeasurements, nameplate, files, left);
        } catch (PyError e) {
            throw new PackException(
                    "cannot pack " + session + ": " + e.words(), "A submission needs all files of the session.", e);
        } catch (IOException e) {
            throw PackException.of("cannot pack " + session + " to " + target, null, e);
        } finally {
            remove(temporary);
        }
    }

    /** Refuses what its own runner marked as no measurement for a submission. */
    private static void requireSubmittable(SessionFacts facts, Path session) {
        for (SessionKind kind : SessionKind.of(facts)) {
            if (Set.of("kind-ranging-only", "kind-profile")
                    .contains(kind.finding().id())) {
                throw new PackException(
                        "cannot pack " + session + ": " + kind.finding().message(),
                        kind.finding().explanation().remedy(),
                        null);
            }
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
        for (String folder : SessionFile.FOLDERS) {
            Files.createDirectory(to.resolve(folder));
            Set<String> names = folder.equals(SessionFile.POWER) ? SubmissionFiles.POWER : SubmissionFiles.RUN;
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
        for (String folder : SessionFile.FOLDERS) {
            Set<String> names = folder.equals(SessionFile.POWER) ? SubmissionFiles.POWER : SubmissionFiles.RUN;
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

    private static SessionFacts facts(SessionView view, String round) {
        try {
            return new SessionFacts(
                    view, Summary.load(view, Summary.CLIENT), Summary.load(view, Summary.SERVER), round);
        } catch (PyError e) {
            throw notLoaded(view, e);
        }
    }

    private static Documents documents(SessionView view, SessionFacts facts) {
        try {
            return Documents.of(facts, RecordedSystem.of(view.folder()), RecordedSystem.manifest(view.folder()));
        } catch (PyError e) {
            throw notLoaded(view, e);
        } catch (IOException e) {
            throw PackException.of("cannot pack " + view.shown(), null, e);
        }
    }

    private static PackException notLoaded(SessionView view, PyError e) {
        return WrongFolder.recognise(view.folder())
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
    }

    /** A run filed under another scenario than LoadGen's would be a result that was never measured. */
    private static void requireScenario(SessionFacts facts, Path performance) {
        LoadgenDetail detail;
        try {
            detail = facts.loadgen(Phase.TESTING);
        } catch (PyError e) {
            return; // packing fails on the missing file, with its name
        } catch (IOException e) {
            throw PackException.of("cannot pack " + facts.view().shown(), null, e);
        }
        String ran = detail.text("effective_scenario").orElse("");
        ScenarioChoice.of(null, performance, facts, detail).stream()
                .flatMap(choice -> choice.contradictions().stream())
                .filter(contradiction -> contradiction.certain() && contradiction.ofFolder())
                .findFirst()
                .ifPresent(contradiction -> {
                    throw new PackException(
                            "cannot pack " + facts.view().shown() + " to " + performance + ": " + contradiction.where()
                                    + " is for results in " + contradiction.scenario() + ", but LoadGen ran in " + ran,
                            "Name a folder for " + ran + ".",
                            null);
                });
    }

    private static Optional<Path> nameplate(
            Path performance, SubmissionLayout layout, String round, @Nullable PowerSupplies supplies) {
        if (!layout.nameplate()) {
            if (supplies != null) {
                throw new PackException(
                        "round " + round + " has no file for power supplies", "Leave out --psu, or name v6.1.", null);
            }
            return Optional.empty();
        }
        Optional<Path> file = ResultsTree.of(performance).map(ResultsTree::nameplate);
        if (supplies == null) {
            return file.filter(Files::exists);
        }
        Path nameplate = file.orElseThrow(() -> new PackException(
                performance + " lies in no submission, so that the system of the power supplies is not known",
                "Name a folder results/SYSTEM/BENCHMARK/SCENARIO/performance.",
                null));
        supplies.requireNoOther(nameplate);
        return file;
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
