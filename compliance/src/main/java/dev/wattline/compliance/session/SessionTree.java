package dev.wattline.compliance.session;

import dev.wattline.compliance.python.PyError;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What lies below a session's folder, as Python's {@code os.walk} lists it: links to folders are not followed, links to
 * files are files. Only the names asked for are kept, so that a folder may hold any number of files.
 */
public final class SessionTree {
    private final Set<String> held = new TreeSet<>();
    private @Nullable String unreadable;

    private SessionTree() {}

    /**
     * Looks for files of these names, relative to the folder with {@code /} between names.
     *
     * @throws IOException if the folder itself cannot be listed
     */
    public static SessionTree walk(Path folder, Collection<String> names) throws IOException {
        SessionTree tree = new SessionTree();
        Path root = folder.toRealPath();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isSymbolicLink() && Files.isDirectory(file)) {
                    return FileVisitResult.CONTINUE;
                }
                String name = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (names.contains(name)) {
                    tree.held.add(name);
                } else if (tree.unreadable == null && (!Files.isRegularFile(file) || !Files.isReadable(file))) {
                    tree.unreadable = name;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // os.walk, too, passes over a folder that it cannot list
            }
        });
        return tree;
    }

    /** Whether a file asked for is there. */
    public boolean holds(String name) {
        return held.contains(name);
    }

    /**
     * The official checker reads every file below the session, wanted or not.
     *
     * @throws PyError if one could not be read
     */
    public void requireReadable() {
        if (unreadable != null) {
            throw new PyError("file-unreadable", unreadable + " cannot be read").in(unreadable, 0);
        }
    }
}
