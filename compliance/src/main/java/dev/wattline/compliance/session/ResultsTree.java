package dev.wattline.compliance.session;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a performance folder lies in a submission: {@code results/SYSTEM/BENCHMARK/SCENARIO/performance}.
 *
 * @param results the folder of that name
 * @param scenario the folder of the scenario
 */
public record ResultsTree(Path results, Path scenario) {
    private static final String PERFORMANCE = "performance";
    private static final String RESULTS = "results";
    private static final int BELOW_RESULTS = 3; // system, benchmark, scenario

    /** The tree that a performance folder lies in, if it lies in one. */
    public static Optional<ResultsTree> of(Path performance) {
        Path scenario = performance.getParent();
        if (scenario == null || !String.valueOf(performance.getFileName()).equals(PERFORMANCE)) {
            return Optional.empty();
        }
        Path results = scenario;
        for (int level = 0; level < BELOW_RESULTS && results != null; level++) {
            results = results.getParent();
        }
        return results != null && String.valueOf(results.getFileName()).equals(RESULTS)
                ? Optional.of(new ResultsTree(results, scenario))
                : Optional.empty();
    }

    /** The system's name. */
    public String system() {
        return results.relativize(scenario).getName(0).toString();
    }

    /** The folder of {@code measurements} that answers to the scenario's. */
    public Path measurements() {
        return results.resolveSibling("measurements").resolve(results.relativize(scenario));
    }

    /** The description of the system. */
    public Path description() {
        return results.resolveSibling("systems").resolve(system() + ".json");
    }

    /** The file that tells the power that the system's supplies are built for. */
    public Path nameplate() {
        return results.resolveSibling("systems").resolve(system() + "_power.yaml");
    }
}
