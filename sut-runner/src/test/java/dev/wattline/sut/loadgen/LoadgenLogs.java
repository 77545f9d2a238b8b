package dev.wattline.sut.loadgen;

import java.nio.file.Path;

/** LoadGen logs for tests, no larger than the runner's search needs. */
public final class LoadgenLogs {
    private LoadgenLogs() {}

    public static String detail(String begin, String end) {
        return ":::MLLOG {\"key\": \"power_begin\", \"value\": \"" + begin + "\", \"time_ms\": 1.0}\n"
                + ":::MLLOG {\"key\": \"power_end\", \"value\": \"" + end + "\", \"time_ms\": 2.0}\n";
    }

    /** A command that writes both logs with a power window inside its own run. */
    public static String workload(Path folder) {
        String stamp = "date -u +'%m-%d-%Y %H:%M:%S.%3N'";
        return "mkdir -p " + folder + "; sleep 0.02; begin=$(" + stamp + "); sleep 0.05; end=$(" + stamp
                + "); sleep 0.02; printf 'power_begin \"%s\"\\npower_end \"%s\"\\n' \"$begin\" \"$end\" > " + folder
                + "/mlperf_log_detail.txt; echo summary > " + folder + "/mlperf_log_summary.txt";
    }
}
