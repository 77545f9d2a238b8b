package dev.wattline.faults;

/** The signals that the suite sends, by the names of {@code kill -s}. */
enum Signal {
    KILL,
    TERM,
    INT,
    STOP,
    CONT;

    /** Sends it to a process, and returns when that is done. */
    void sendTo(long pid) {
        Shell.run("kill -s " + this + " " + pid);
    }
}
