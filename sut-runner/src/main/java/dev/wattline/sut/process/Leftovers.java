package dev.wattline.sut.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Processes of earlier sessions that are still running: a workload's child that put itself into a session of its own
 * survives the end of the workload's process group. They are known by the session variable in their environment.
 */
public final class Leftovers {
    private static final Path PROC = Path.of("/proc");

    /** A process of an earlier session. */
    public record Leftover(long pid, String session, String command) {}

    private Leftovers() {}

    /** The leftovers that this user may see; none where there is no {@code /proc}. */
    public static List<Leftover> find() {
        List<Leftover> found = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        Set<Long> own = ownAncestors();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (!own.contains(pid)) {
                    read(process, pid, found);
                }
            }
        } catch (IOException e) {
            // A /proc that cannot be listed hides the leftovers; the measurement does not depend on them.
            return found;
        }
        return found;
    }

    private static void read(Path process, long pid, List<Leftover> found) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            String session = variable(environment);
            if (!session.isEmpty()) {
                String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                        .replace('\0', ' ')
                        .strip();
                found.add(new Leftover(pid, session, command));
            }
        } catch (IOException e) {
            // Gone meanwhile, or another user's: not ours to name.
            return;
        }
    }

    private static String variable(String environment) {
        String name = WorkloadProcess.SESSION_VARIABLE + "=";
        for (String entry : environment.split("\0")) {
            if (entry.startsWith(name)) {
                return entry.substring(name.length());
            }
        }
        return "";
    }

    private static Set<Long> ownAncestors() {
        Set<Long> pids = new HashSet<>();
        var process = java.util.Optional.of(ProcessHandle.current());
        while (process.isPresent()) {
            pids.add(process.get().pid());
            process = process.get().parent();
        }
        return pids;
    }
}
