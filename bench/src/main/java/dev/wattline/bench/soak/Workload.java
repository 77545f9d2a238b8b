package dev.wattline.bench.soak;

import java.nio.file.Path;

/** Workloads of a POSIX shell, which starts a hundred times as fast as a JVM. */
enum Workload {
    /** A third of a second, with LoadGen's logs. */
    SHORT("begin=$(%1$s); sleep 0.3; end=$(%1$s); sleep 0.02; %2$s"),
    /** The same, whose logs tell of another time. */
    OF_ANOTHER_YEAR("begin='01-02-2020 03:04:05.678'; end='01-02-2020 03:05:05.678'; %2$s"),
    /** Ends with status 3. */
    FAILING("exit 3"),
    /** Longer than a test waits for it. */
    ENDLESS("sleep 600");

    private static final String NOW = "date -u +'%m-%d-%Y %H:%M:%S.%3N'";

    private final String script;

    Workload(String script) {
        this.script = script;
    }

    /** Its command line. */
    String command(Path loadgenLogs) {
        String write = "printf 'power_begin \"%s\"\\npower_end \"%s\"\\n' \"$begin\" \"$end\" > " + loadgenLogs
                + "/mlperf_log_detail.txt; echo summary > " + loadgenLogs + "/mlperf_log_summary.txt";
        return "mkdir -p " + loadgenLogs + "; sleep 0.02; " + String.format(script, NOW, write);
    }
}
