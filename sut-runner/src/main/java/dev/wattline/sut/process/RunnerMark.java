package dev.wattline.sut.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A runner, as the environment of its workload names it: by its process id and by when that process started, for ids are
 * given out again.
 *
 * @param pid the runner's process id
 * @param startTicks when it started, as {@link ProcStat#startTicks}
 */
record RunnerMark(long pid, long startTicks) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([0-9]{1,18})");

    /** That of this process; empty where there is no {@code /proc}. */
    static Optional<RunnerMark> ofThisProcess() {
        return ofProcess(ProcessHandle.current().pid());
    }

    private static Optional<RunnerMark> ofProcess(long pid) {
        return ProcStat.of(pid).map(stat -> new RunnerMark(pid, stat.startTicks()));
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
