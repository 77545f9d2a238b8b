package dev.wattline.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** SHA-1 of files in lower-case hexadecimal, as the summaries' {@code results} and {@code sources} carry them. */
public final class FileHashes {
    private static final int BUFFER = 1 << 16;

    private FileHashes() {}

    /**
     * The hash of a file's bytes; the file is streamed.
     *
     * @throws IOException if it cannot be read
     */
    public static String sha1(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Loads and warms what hashing needs, so that the first hash is not the slow one; for another thread at the start. */
    public static void prepare() {
        digest().update(new byte[BUFFER]);
    }

    /** The hash of these bytes. */
    public static String sha1(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /**
     * The hashes of the regular files below a folder, by path relative to it with {@code /} between names. Links are
     * not followed.
     *
     * @throws IOException if a file cannot be read
     */
    public static SortedMap<String, String> tree(Path folder) throws IOException {
        SortedMap<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                hashes.put(relative(folder, file), sha1(file));
            }
        }
        return hashes;
    }

    private static String relative(Path folder, Path file) {
        StringBuilder name = new StringBuilder();
        for (Path part : folder.relativize(file)) {
            name.append(name.length() == 0 ? "" : "/").append(part);
        }
        return name.toString();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
