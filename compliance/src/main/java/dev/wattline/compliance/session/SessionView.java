package dev.wattline.compliance.session;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyLines;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a session, read-only. A file is opened only if it is a regular one and does not lie outside the folder:
 * a link that leads out is refused, because what a session says of itself must lie in it, and because a session may
 * come from anybody. Safe for use by several threads.
 */
public final class SessionView {
    /** Largest summary in bytes that is read; real ones have ten thousand. */
    public static final long MAX_SUMMARY = 1L << 25;

    private final Path folder;
    private final String shown;
    private @Nullable Path real;

    private SessionView(Path folder, String shown) {
        this.folder = folder;
        this.shown = shown;
    }

    /**
     * @param folder the folder that holds {@code power}
     * @param shown its name in messages, as the user gave it
     */
    public static SessionView of(Path folder, String shown) {
        return new SessionView(folder, shown);
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** The folder's name in messages. */
    public String shown() {
        return shown;
    }

    /** The name of a file in messages: Python's {@code os.path.join(session, name)}. */
    public String shown(String name) {
        return shown.isEmpty() || shown.endsWith("/") ? shown + name : shown + "/" + name;
    }

    /** Where a file of this name, relative to the session with {@code /} between names, would lie. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** Whether something is there under this name, even a link that leads nowhere. */
    public boolean exists(String name) {
        return Files.exists(path(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens a file for reading.
     *
     * @throws PyError if it is not there, is no regular file, cannot be read or lies outside the session
     */
    public InputStream open(String name) {
        Path file = file(name);
        try {
            return new FileInputStream(file.toFile());
        } catch (IOException e) {
            throw new PyError("file-unreadable", "cannot be opened: " + e.getMessage()).in(name, 0);
        }
    }

    /**
     * The size of a file in bytes.
     *
     * @throws PyError as {@link #open}
     */
    public long size(String name) {
        try {
            return Files.size(file(name));
        } catch (IOException e) {
            throw new PyError("file-unreadable", "cannot be read: " + e.getMessage()).in(name, 0);
        }
    }

    /**
     * The path of a file that may be read.
     *
     * @throws PyError as {@link #open}
     */
    public Path file(String name) {
        Path file = path(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PyError("file-missing", "there is no file " + name).in(name, 0);
        }
        try {
            if (real == null) {
                real = folder.toRealPath();
            }
            if (!file.toRealPath().startsWith(real)) {
                throw new PyError("file-refused", name + " is a link that leads out of the session").in(name, 0);
            }
        } catch (IOException e) {
            throw new PyError("file-missing", name + " is a link that leads nowhere").in(name, 0);
        }
        if (!Files.isRegularFile(file)) {
            String kind = Files.isDirectory(file) ? "a folder" : "no regular file";
            throw new PyError("file-kind", name + " is " + kind).in(name, 0);
        }
        return file;
    }

    /**
     * The lines of a text file.
     *
     * @throws PyError as {@link #open}
     */
    public PyLines lines(String name) {
        return new PyLines(open(name));
    }

    /**
     * The text of a small file as Python's {@code open(name).read()} gives it.
     *
     * @throws PyError as {@link #open}, and if it is larger than {@link #MAX_SUMMARY} or no UTF-8
     */
    public String text(String name) {
        long size = size(name);
        if (size > MAX_SUMMARY) {
            throw new PyError("file-too-large", name + " has " + size + " bytes, more than " + MAX_SUMMARY).in(name, 0);
        }
        StringBuilder text = new StringBuilder((int) size);
        try (PyLines lines = lines(name)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                text.append(line);
            }
        } catch (PyError e) {
            throw e.in(name, e.line());
        } catch (IOException e) {
            throw new PyError("file-unreadable", name + " cannot be read: " + e.getMessage()).in(name, 0);
        }
        return text.toString();
    }
}
