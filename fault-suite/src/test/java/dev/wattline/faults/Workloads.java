package dev.wattline.faults;

import java.nio.file.Path;

/** Workloads as lines for a shell. */
final class Workloads {
    /** The line that says that an endless workload runs. */
    static final String RUNS = "^workload-runs$";

    private static final String STAMP = "$(date -u +'%m-%d-%Y %H:%M:%S.%3N')";

    private Workloads() {}

    /** Runs so long and writes LoadGen's logs with a power window inside its run. */
    static String lasting(double seconds, Path logs) {
        return "mkdir -p '" + logs + "'; sleep 0.05; begin=\"" + STAMP + "\"; sleep " + seconds + "; end=\"" + STAMP
                + "\"; sleep 0.05; printf ':::MLLOG {\"key\": \"power_begin\", \"value\": \"%s\"}\\n"
                + ":::MLLOG {\"key\": \"power_end\", \"value\": \"%s\"}\\n' \"$begin\" \"$end\" > '" + logs
                + "/mlperf_log_detail.txt'; echo 'SUT name : mock' > '" + logs + "/mlperf_log_summary.txt'";
    }

    /** Says {@link #RUNS} and waits for a file, before what stands behind it. */
    static String heldUntil(Path file) {
        return "echo workload-runs; until [ -e '" + file + "' ]; do sleep 0.05; done; ";
    }

    /**
     * Lasts until it is ended, says {@link #RUNS} once it runs, and is a tree of processes of which some ignore every
     * signal that can be ignored.
     */
    static String endless() {
        return "(trap '' TERM INT HUP; sleep 900 & sleep 901) & sleep 902 & echo workload-runs; wait; sleep 903";
    }

    /** The first run is a short and complete one; the second says {@link #RUNS} and is one once {@link Lab#letGo} was called. */
    static String held(Lab lab) {
        String complete = lasting(1, lab.loadgenLogs());
        return firstThen(complete, heldUntil(lab.file("go")) + complete, lab);
    }

    /** One workload for the ranging phase, which must leave LoadGen's logs, and another for the testing phase. */
    static String firstThen(String ranging, String testing, Lab lab) {
        return "if [ -e '" + lab.loadgenLogs() + "/mlperf_log_detail.txt' ]; then\n" + testing + "\nelse\n" + ranging
                + "\nfi";
    }

    /** The first run is a short and complete one, the second is endless. */
    static String endlessInTesting(Lab lab) {
        return firstThen(lasting(1, lab.loadgenLogs()), endless(), lab);
    }
}
