package dev.wattline.sut.facts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files in which Linux and the firmware tell of a machine. Which of them there are and may be read depends on kernel,
 * drivers and rights; one that does not answer reads as empty.
 *
 * @param root {@code /}, or a folder with the same files below it
 */
record KernelFiles(Path root) {

    /** The file's text without white space around it; empty if there is none. */
    String text(String file) {
        return read(root.resolve(file));
    }

    /** The file's lines; none if there is no such file. */
    List<String> lines(String file) {
        return text(file).lines().toList();
    }

    /** The entries of a folder whose names match a glob, sorted; none if there is no such folder. */
    List<Path> list(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder), glob)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            return found; // a machine without it
        }
        found.sort(null);
        return found;
    }

    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return ""; // a machine without it, or a file for root alone
        }
    }
}
