package dev.wattline.compliance.metric;

import dev.wattline.compliance.facts.LoadgenDetail;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scenario that a result counts for. The submission checker takes it from the folder that holds the result, not from
 * LoadGen's log, because some results are inferred from another scenario's run. A folder's name is believed only where
 * the run may count for it: a folder {@code server} may as well be called after a machine.
 *
 * @param scenario the name as LoadGen writes it
 * @param told whether a folder's name or the user said it, and not only the log
 * @param inferable where the log alone said it, the other scenarios that such a run may count for
 * @param note what is worth a word about the choice, or null
 */
record ScenarioChoice(
        String scenario,
        boolean told,
        List<String> inferable,
        @Nullable String note) {
    static final String OFFLINE = "Offline";
    static final String SINGLE_STREAM = "SingleStream";
    static final String MULTI_STREAM = "MultiStream";
    private static final String SERVER = "Server";
    private static final String INTERACTIVE = "Interactive";
    private static final List<String> KNOWN = List.of(OFFLINE, SERVER, INTERACTIVE, SINGLE_STREAM, MULTI_STREAM);

    /** What a run in a scenario may be submitted as besides; for the three that measure watts it makes no difference. */
    private static final Map<String, List<String>> INFERABLE = Map.of(
            SINGLE_STREAM, List.of(OFFLINE, MULTI_STREAM),
            MULTI_STREAM, List.of(OFFLINE),
            OFFLINE, List.of(SERVER, INTERACTIVE),
            SERVER, List.of(OFFLINE, INTERACTIVE),
            INTERACTIVE, List.of(OFFLINE, SERVER));

    private static final int LEVELS = 3; // scenario/performance/run_1 is the deepest form in submissions

    static Optional<ScenarioChoice> of(@Nullable String asked, Path session, LoadgenDetail detail) {
        if (asked != null) {
            return known(asked).map(ScenarioChoice::told);
        }
        Optional<String> ran = detail.text("effective_scenario").flatMap(ScenarioChoice::known);
        Optional<String> named = named(session);
        if (ran.isEmpty()) {
            return named.map(ScenarioChoice::told);
        }
        String scenario = ran.get();
        List<String> inferable = INFERABLE.getOrDefault(scenario, List.of());
        if (named.isEmpty()) {
            return Optional.of(new ScenarioChoice(scenario, false, inferable, null));
        }
        if (named.get().equals(scenario) || inferable.contains(named.get())) {
            return named.map(ScenarioChoice::told);
        }
        return Optional.of(new ScenarioChoice(
                scenario,
                false,
                inferable,
                "a folder is named after " + named.get() + ", for which a run in " + scenario + " cannot count"));
    }

    private static ScenarioChoice told(String scenario) {
        return new ScenarioChoice(scenario, true, List.of(), null);
    }

    /** The scenario that the session's folder, or one of those above it, is named after. */
    private static Optional<String> named(Path session) {
        Path folder = session;
        for (int level = 0; level < LEVELS && folder != null && folder.getFileName() != null; level++) {
            Optional<String> named = inName(folder.getFileName().toString());
            if (named.isPresent()) {
                return named;
            }
            folder = folder.getParent();
        }
        return Optional.empty();
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
