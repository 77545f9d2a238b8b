package dev.wattline.analysis.report;

import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the parts of the report ask of the findings again and again. */
final class RunFacts {
    /** The zone of all times that come from an analyzer or from here. */
    static final String UTC = "UTC";

    private static final String MOCK = "mock";
    private static final String MOCK_ANALYZER = "data-mock"; // the audit's finding

    private final ReportInput input;
    private final SamplingError found;

    RunFacts(ReportInput input) {
        this.input = input;
        this.found = input.analysis().summary();
    }

    ReportInput input() {
        return input;
    }

    SamplingError found() {
        return found;
    }

    boolean hasTelemetry() {
        return !found.gpus().isEmpty();
    }

    /** Which of the instruments were mocks, in words; empty if none was, as far as the session tells. */
    String madeBy() {
        boolean smi = found.inputs().driver().contains(MOCK);
        VerdictSummary verdict = input.verdict();
        boolean analyzer = verdict != null
                && verdict.findings().stream().anyMatch(note -> note.id().equals(MOCK_ANALYZER));
        if (smi && analyzer) {
            return "both the analyzer and nvidia-smi were mocks";
        }
        return smi ? "nvidia-smi was a mock" : analyzer ? "the analyzer was a mock" : "";
    }

    /** Whether some reading of a GPU could be set beside the run's time. */
    boolean hasTrace() {
        var sum = input.analysis().trace().gpuSumW();
        for (int i = 0; i < sum.size(); i++) {
            if (!Double.isNaN(sum.value(i))) {
                return true;
            }
        }
        return false;
    }

    /** The zone of the page's times, in words: an nvidia-smi log alone may have local ones. */
    String zone() {
        return found.timesAreUtc() ? UTC : "local time, zone not known";
    }

    boolean hasError() {
        return !Double.isNaN(found.error().pct());
    }

    @Nullable
    WallResult wall() {
        return found.wall();
    }

    VerdictSummary.@Nullable Metric metric() {
        VerdictSummary verdict = input.verdict();
        return verdict == null ? null : verdict.metric();
    }

    /** The phase that is the window of the main figures; null if it is none. */
    @Nullable
    PhaseResult window() {
        return found.phases().stream()
                .filter(phase ->
                        phase.start().equals(found.windowStart()) && phase.end().equals(found.windowEnd()))
                .findFirst()
                .orElse(null);
    }

    double windowSeconds() {
        return found.windowStart() == null || found.windowEnd() == null
                ? Double.NaN
                : (found.windowEnd().toEpochMilli() - found.windowStart().toEpochMilli()) / 1e3;
    }

    /** The window in words. */
    String windowText() {
        return switch (found.windowSource()) {
            case "loadgen" -> "LoadGen's power window";
            case "given" -> "the given phase";
            case "detected" -> "the steady phase, as detected";
            default -> "all of the log";
        };
    }

    /** A name short enough for a legend; the GPU table tells which card it is. */
    static String gpuLabel(int index) {
        return "GPU " + index;
    }

    String analyzerFile() {
        return file(found.inputs().analyzer());
    }

    String smiFile() {
        return file(found.inputs().smi());
    }

    String loadgenFile() {
        return file(found.inputs().loadgen());
    }

    /** The names of those files that there are. */
    static String files(String... names) {
        List<String> given = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty()) {
                given.add(name);
            }
        }
        return String.join(", ", given);
    }

    /** The last two names of a path: enough to find it in a session. */
    private static String file(String path) {
        if (path.isEmpty()) {
            return "";
        }
        Path file = Path.of(path);
        int names = file.getNameCount();
        return names < 2 ? path : file.subpath(names - 2, names).toString().replace('\\', '/');
    }

    /** Mean wall power over the window in W: the official one where there is one. */
    double averageWatts() {
        VerdictSummary.Metric metric = metric();
        if (metric != null && !Double.isNaN(metric.averageWatts())) {
            return metric.averageWatts();
        }
        return wall() == null ? Double.NaN : Objects.requireNonNull(wall()).meanW();
    }

    /** Wall energy over the window in J: the official one where there is one. */
    double energyJ() {
        VerdictSummary.Metric metric = metric();
        if (metric != null && !Double.isNaN(metric.energyJ())) {
            return metric.energyJ();
        }
        return wall() == null ? Double.NaN : Objects.requireNonNull(wall()).energyJ();
    }

    /** Whether power and energy are those of the official metric. */
    boolean isOfficial() {
        VerdictSummary.Metric metric = metric();
        return metric != null && !Double.isNaN(metric.averageWatts());
    }
}
