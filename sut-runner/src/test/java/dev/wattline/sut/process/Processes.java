package dev.wattline.sut.process;

/** What tests ask of processes that are not their children. */
final class Processes {
    private Processes() {}

    /** Whether the process exists and is more than an entry that nobody has read the exit status of. */
    static boolean isRunning(long pid) {
        return ProcStat.of(pid).isPresent();
    }
}
