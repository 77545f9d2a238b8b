package dev.wattline.agent.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** When a process began, by {@code /proc}: ids are given out again. */
public final class LoopProcess {
    private static final int START_FIELD = 19; // behind the closing parenthesis of the name, from 0

    private LoopProcess() {}

    /** Clock ticks from the system's start to the process'; empty if it is not there. */
    public static Optional<Long> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(Long.parseLong(fields[START_FIELD]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
