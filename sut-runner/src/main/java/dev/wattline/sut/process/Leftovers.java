package dev.wattline.sut.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Processes of other sessions' workloads on this machine: those of a session that runs at this moment, and those left
 * over from one that has ended, for a workload's child that put itself into a session of its own survives the end of the
 * workload's process group. They are known by the variables in their environment.
 */
public final class Leftovers {
    private static final Path PROC = Path.of("/proc");

    /**
     * A process of another session.
     *
     * @param pid its process id
     * @param session the session's name
     * @param command its command line, the arguments joined by blanks
     * @param runner the process id of the session's runner where that still runs; empty for what an ended session left
     */
    public record Leftover(long pid, String session, String command, OptionalLong runner) {}

    private Leftovers() {}

    /**
     * Those that this user may see, but for the sessions in which this process itself runs; none where there is no
     * {@code /proc}.
     */
    public static List<Leftover> find() {
        List<Leftover> found = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        Set<Long> ancestors = selfAndAncestors();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (!ancestors.contains(pid)) {
                    read(process, pid, ancestors, found);
                }
            }
        } catch (IOException e) {
            // A /proc that cannot be listed hides the leftovers; the measurement does not depend on them.
            return found;
        }
        return found;
    }

    private static void read(Path process, long pid, Set<Long> ancestors, List<Leftover> found) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            String session = variable(WorkloadVariables.SESSION, environment);
            OptionalLong runner = livingRunner(environment);
            // A runner within a workload is no stranger to that workload's session.
            boolean isOurs = runner.isPresent() && ancestors.contains(runner.getAsLong());
            if (!session.isEmpty() && !isOurs) {
                String command = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                        .replace('\0', ' ')
                        .strip();
                found.add(new Leftover(pid, session, command, runner));
            }
        } catch (IOException e) {
            // Gone meanwhile, or another user's: not ours to name.
            return;
        }
    }

    /** The runner of the process's session where it still runs; a session of this very process has ended before this. */
    private static OptionalLong livingRunner(String environment) {
        long self = ProcessHandle.current().pid();
        return RunnerMark.parse(variable(WorkloadProcess.RUNNER_VARIABLE, environment))
                .filter(mark -> mark.pid() != self && mark.isAlive())
                .map(mark -> OptionalLong.of(mark.pid()))
                .orElse(OptionalLong.empty());
    }

    private static String variable(String name, String environment) {
        String begin = name + "=";
        for (String entry : environment.split("\0")) {
            if (entry.startsWith(begin)) {
                return entry.substring(begin.length());
            }
        }
        return "";
    }

    private static Set<Long> selfAndAncestors() {
        Set<Long> pids = new HashSet<>();
        Optional<ProcessHandle> process = Optional.of(ProcessHandle.current());
        while (process.isPresent()) {
            pids.add(process.get().pid());
            process = process.get().parent();
        }
        return pids;
    }
}
