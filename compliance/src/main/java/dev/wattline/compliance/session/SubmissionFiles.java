package dev.wattline.compliance.session;

import java.util.Map;
import java.util.Set;

/**
 * The files that a submission's performance folder may hold, by folder: mlcommons/inference's submission checker compares
 * the listings with REQUIRED_PERF_FILES, REQUIRED_PERF_POWER_FILES, REQUIRED_POWER_FILES and OPTIONAL_PERF_FILES, and a
 * file more or less is a "file list mismatch".
 */
public final class SubmissionFiles {
    /** Those of {@code ranging} and {@code run_1} that must be there. */
    public static final Set<String> RUN = Set.of("mlperf_log_summary.txt", "mlperf_log_detail.txt", "spl.txt");

    /** Those of {@code power}, all of which must be there. */
    public static final Set<String> POWER =
            Set.of("client.json", "client.log", "ptd_logs.txt", "server.json", "server.log");

    private static final Set<String> RUN_ALLOWED = Set.of(
            "mlperf_log_summary.txt",
            "mlperf_log_detail.txt",
            "spl.txt",
            "mlperf_log_accuracy.json",
            "mlperf_log_trace.json",
            "results.json",
            ".gitkeep");

    /** Those that may be there, by folder. */
    public static final Map<String, Set<String>> ALLOWED =
            Map.of("power", POWER, "ranging", RUN_ALLOWED, "run_1", RUN_ALLOWED);

    private SubmissionFiles() {}
}
