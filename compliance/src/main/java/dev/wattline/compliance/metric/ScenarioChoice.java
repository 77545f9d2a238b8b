package dev.wattline.compliance.metric;

import dev.wattline.compliance.facts.LoadgenDetail;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scenario that a result counts for. The submission checker takes it from the folder that holds the result, not from
 * LoadGen's log, because some results are inferred from another scenario's run.
 *
 * @param scenario the name as LoadGen writes it
 * @param fromFolder whether a folder's name or the user said it, and not only the log
 */
record ScenarioChoice(String scenario, boolean fromFolder) {
    private static final List<String> KNOWN =
            List.of("Offline", "Server", "Interactive", "SingleStream", "MultiStream");
    private static final int LEVELS = 3; // scenario/performance/run_1 is the deepest form in submissions

    static Optional<ScenarioChoice> of(@Nullable String asked, Path session, LoadgenDetail detail) {
        if (asked != null) {
            return known(asked).map(name -> new ScenarioChoice(name, true));
        }
        Path folder = session;
        for (int level = 0; level < LEVELS && folder != null && folder.getFileName() != null; level++) {
            Optional<String> named = inName(folder.getFileName().toString());
            if (named.isPresent()) {
                return named.map(name -> new ScenarioChoice(name, true));
            }
            folder = folder.getParent();
        }
        return detail.text("effective_scenario")
                .flatMap(ScenarioChoice::known)
                .map(name -> new ScenarioChoice(name, false));
    }

    private static Optional<String> known(String name) {
        return KNOWN.stream().filter(known -> known.equalsIgnoreCase(name)).findFirst();
    }

    /** A folder that is a scenario, or whose name ends in one behind a separator. */
    private static Optional<String> inName(String folder) {
        String lower = folder.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> {
                    String name = known.toLowerCase(Locale.ROOT);
                    return lower.equals(name)
                            || lower.endsWith("_" + name)
                            || lower.endsWith("-" + name)
                            || lower.endsWith("." + name);
                })
                .findFirst();
    }
}
