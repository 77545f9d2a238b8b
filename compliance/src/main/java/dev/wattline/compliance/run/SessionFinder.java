package dev.wattline.compliance.run;

import dev.wattline.files.SessionFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds sessions: folders whose {@code power} holds a summary. */
public final class SessionFinder {
    private static final int MAX_DEPTH = 64;

    private SessionFinder() {}

    /** Whether the folder itself is a session. */
    public static boolean isSession(Path folder) {
        return Files.exists(SessionFile.CLIENT_JSON.of(folder)) || Files.exists(SessionFile.SERVER_JSON.of(folder));
    }

    /**
     * The sessions below a folder, the folder itself included, in the order of their names. Links are not followed, and
     * within a session no other is looked for.
     *
     * @throws IOException if the folder cannot be listed; folders below that cannot are passed over
     */
    public static List<Path> below(Path root) throws IOException {
        return below(root, Integer.MAX_VALUE);
    }

    /** As {@link #below(Path)}, but no more than so many of them. */
    static List<Path> below(Path root, int limit) throws IOException {
        List<Path> sessions = new ArrayList<>();
        Files.walkFileTree(root, java.util.Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (sessions.size() >= limit) {
                    return FileVisitResult.TERMINATE;
                }
                if (isSession(folder)) {
                    sessions.add(folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(sessions);
        return sessions;
    }
}
