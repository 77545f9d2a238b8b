package dev.wattline.sut.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What proc(5)'s {@code stat} says of a living process.
 *
 * @param startTicks field 22: when it started, in clock ticks since the machine's start, which a step of the wall clock
 *     does not move
 * @param hasTerminal whether it has a controlling terminal (field 7 is not 0)
 */
record ProcStat(long startTicks, boolean hasTerminal) {
    private static final int STATE = 0; // counted behind the program's name
    private static final int TERMINAL = 4;
    private static final int START_TICKS = 19;

    /** That of a process; empty if it has ended, even if nobody has read its exit status, and without {@code /proc}. */
    static Optional<ProcStat> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // The name is in brackets, and may hold blanks and brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[STATE].equals("Z")
                    ? Optional.empty()
                    : Optional.of(new ProcStat(Long.parseLong(fields[START_TICKS]), !fields[TERMINAL].equals("0")));
        } catch (IOException e) {
            return Optional.empty(); // it has ended, or this system has no /proc
        }
    }

    /** That of this process; empty without {@code /proc}. */
    static Optional<ProcStat> ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }
}
