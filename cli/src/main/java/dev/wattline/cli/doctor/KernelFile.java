package dev.wattline.cli.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One-line files of {@code /sys}, which exist or do not as the machine and its drivers are. */
final class KernelFile {
    private KernelFile() {}

    /** The line without white space around it; empty if there is no such file or it cannot be read. */
    static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty(); // a machine without it, or a sensor that gives no reading
        }
    }

    /** The entries of a folder that match a glob, sorted; none if there is no such folder. */
    static List<Path> list(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            return found; // a machine without it
        }
        found.sort(null);
        return found;
    }
}
