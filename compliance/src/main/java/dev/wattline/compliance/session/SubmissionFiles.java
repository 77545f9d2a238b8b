package dev.wattline.compliance.session;

import dev.wattline.files.SessionFile;
import dev.wattline.model.Phase;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that a submission's performance folder may hold, by folder: mlcommons/inference's submission checker compares
 * the listings with REQUIRED_PERF_FILES, REQUIRED_PERF_POWER_FILES, REQUIRED_POWER_FILES and OPTIONAL_PERF_FILES, and a
 * file more or less is a "file list mismatch".
 */
public final class SubmissionFiles {
    /** Those of {@code ranging} and {@code run_1} that must be there. */
    public static final Set<String> RUN = names(Phase.TESTING.folder());

    /** Those of {@code power}, all of which must be there. */
    public static final Set<String> POWER = names(SessionFile.POWER);

    private static final Set<String> RUN_ALLOWED =
            with(RUN, "mlperf_log_accuracy.json", "mlperf_log_trace.json", "results.json", ".gitkeep");

    /** Those that may be there, by folder. */
    public static final Map<String, Set<String>> ALLOWED =
            Map.of(SessionFile.POWER, POWER, Phase.RANGING.folder(), RUN_ALLOWED, Phase.TESTING.folder(), RUN_ALLOWED);

    private SubmissionFiles() {}

    private static Set<String> names(String folder) {
        return SessionFile.in(folder).stream().map(SessionFile::fileName).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> with(Set<String> required, String... optional) {
        return Stream.concat(required.stream(), Stream.of(optional)).collect(Collectors.toUnmodifiableSet());
    }
}
