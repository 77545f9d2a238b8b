package dev.wattline.sut.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A runner, as the environment of its workload names it: by its process id and by when that process started, for ids are
 * given out again.
 *
 * @param pid the runner's process id
 * @param startTicks when it started, in clock ticks since the machine's start (field 22 of proc(5)'s {@code stat}), which
 *     a step of the wall clock does not move
 */
record RunnerMark(long pid, long startTicks) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([0-9]{1,18})");
    private static final int TICKS_BEHIND_NAME = 19;

    /** That of this process; empty where there is no {@code /proc}. */
    static Optional<RunnerMark> ofThisProcess() {
        return ofProcess(ProcessHandle.current().pid());
    }

    private static Optional<RunnerMark> ofProcess(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // Counted behind the program's name, which may hold blanks and brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean hasEnded = fields[0].equals("Z"); // only its exit status is left
            return hasEnded
                    ? Optional.empty()
                    : Optional.of(new RunnerMark(pid, Long.parseLong(fields[TICKS_BEHIND_NAME])));
        } catch (IOException e) {
            return Optional.empty(); // it has ended, or this system has no /proc
        }
    }

    /** Reads {@link #text}; empty if it is anything else. */
    static Optional<RunnerMark> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new RunnerMark(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** What the environment holds. */
    String text() {
        return pid + ":" + startTicks;
    }

    /** Whether that very process is still there. */
    boolean isAlive() {
        return ofProcess(pid).equals(Optional.of(this));
    }
}
