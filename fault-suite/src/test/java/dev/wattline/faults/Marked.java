package dev.wattline.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The processes that a bench has started, directly or through others: a mark in the environment is inherited by every
 * child, also by one that left its session and its process group.
 */
final class Marked {
    private static final String LAB = "WATTLINE_FAULTS_LAB";
    private static final String PROGRAM = "WATTLINE_FAULTS_PROGRAM";
    private static final Path PROC = Path.of("/proc");

    /** A living process: not one that only waits to be asked for its exit status. */
    record Found(long pid, String command) {
        private static final int SHOWN = 60;

        @Override
        public String toString() {
            String end = command.substring(Math.max(0, command.length() - SHOWN));
            return pid + " ..." + end;
        }
    }

    private Marked() {}

    /** The mark of a program of a bench. */
    static Map<String, String> environment(String lab, String program) {
        return Map.of(LAB, lab, PROGRAM, program);
    }

    /** Everything that a bench has started and that lives. */
    static List<Found> of(String lab) {
        return find(LAB + "=" + lab, "");
    }

    /** What one of its programs is and has started. */
    static List<Found> of(String lab, String program) {
        return find(LAB + "=" + lab, PROGRAM + "=" + program);
    }

    private static List<Found> find(String lab, String program) {
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                List<String> environment = words(process.resolve("environ"));
                if (environment.contains(lab) && (program.isEmpty() || environment.contains(program))) {
                    found.add(new Found(
                            Long.parseLong(process.getFileName().toString()),
                            String.join(" ", words(process.resolve("cmdline")))));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    /** The words of a file of another process; none of one that has ended. */
    private static List<String> words(Path file) {
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
        } catch (IOException e) {
            return List.of(); // the process is gone, or another user's: not one of a bench
        }
    }
}
