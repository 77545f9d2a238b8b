package dev.wattline.compliance.facts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scenario that a result counts for. LoadGen's log says in which scenario it ran; a folder may be named after another
 * one only if the rules let results for it be inferred from such a run.
 *
 * @param scenario the name as LoadGen writes it
 * @param told whether a folder's name or the user said it, and not only the log
 * @param inferable where the log alone said it, the other scenarios that such a run may count for
 * @param note what is worth a word about the choice, or null
 * @param contradictions what names a scenario for which the run cannot count, a clause each
 */
public record ScenarioChoice(
        String scenario,
        boolean told,
        List<String> inferable,
        @Nullable String note,
        List<Contradiction> contradictions) {
    public static final String OFFLINE = "Offline";
    public static final String SINGLE_STREAM = "SingleStream";
    public static final String MULTI_STREAM = "MultiStream";
    private static final String SERVER = "Server";
    private static final String INTERACTIVE = "Interactive";
    private static final List<String> KNOWN = List.of(OFFLINE, SERVER, INTERACTIVE, SINGLE_STREAM, MULTI_STREAM);
    private static final String FOLDER = "the folder ";
    private static final int LEVELS = 3; // scenario/performance/run_1 is the deepest form in submissions

    public ScenarioChoice {
        inferable = List.copyOf(inferable);
        contradictions = List.copyOf(contradictions);
    }

    /**
     * Something that is named after a scenario for which the run cannot count.
     *
     * @param where what is named so: {@code the folder Server}, {@code --scenario}
     * @param scenario that it names
     * @param certain whether it can mean nothing but a scenario; a folder {@code power-server} may be called after a
     *     machine
     */
    public record Contradiction(String where, String scenario, boolean certain) {
        /** Whether a folder is named so. */
        public boolean ofFolder() {
            return where.startsWith(FOLDER);
        }
    }

    private record Named(String where, String scenario, boolean certain) {}

    /**
     * The choice for a session, if anything tells the scenario.
     *
     * @param asked what the user says, or null
     * @param folder where the session lies, or is to lie
     */
    public static Optional<ScenarioChoice> of(
            @Nullable String asked, Path folder, SessionFacts facts, LoadgenDetail detail) {
        Optional<String> ran = detail.text("effective_scenario").flatMap(ScenarioChoice::known);
        if (asked != null) {
            return known(asked).map(scenario -> asked(scenario, ran, facts));
        }
        Optional<Named> named = named(folder);
        if (ran.isEmpty()) {
            return named.map(name -> new ScenarioChoice(name.scenario(), true, List.of(), null, List.of()));
        }
        List<Contradiction> contradictions = new ArrayList<>();
        List<String> inferable = inferable(ran.get(), facts);
        named.filter(name -> !mayCount(name.scenario(), ran.get(), inferable))
                .ifPresent(
                        name -> contradictions.add(new Contradiction(name.where(), name.scenario(), name.certain())));
        inName(facts.name())
                .filter(label -> !mayCount(label, ran.get(), inferable))
                .ifPresent(label -> contradictions.add(new Contradiction(
                        "the session's label", label, facts.name().endsWith(label))));
        if (named.isEmpty() || !mayCount(named.get().scenario(), ran.get(), inferable)) {
            return Optional.of(new ScenarioChoice(ran.get(), false, inferable, null, contradictions));
        }
        String scenario = named.get().scenario();
        return Optional.of(
                new ScenarioChoice(scenario, true, List.of(), inferred(scenario, ran.get()), contradictions));
    }

    private static ScenarioChoice asked(String scenario, Optional<String> ran, SessionFacts facts) {
        if (ran.isEmpty()) {
            return new ScenarioChoice(scenario, true, List.of(), null, List.of());
        }
        boolean possible = mayCount(scenario, ran.get(), inferable(ran.get(), facts));
        return new ScenarioChoice(
                scenario,
                true,
                List.of(),
                possible ? inferred(scenario, ran.get()) : null,
                possible ? List.of() : List.of(new Contradiction("--scenario", scenario, true)));
    }

    private static boolean mayCount(String scenario, String ran, List<String> inferable) {
        return scenario.equals(ran) || inferable.contains(scenario);
    }

    /** What a run may be submitted as besides, by the round's rules; MultiStream is inferred since v2.0. */
    private static List<String> inferable(String ran, SessionFacts facts) {
        return switch (ran) {
            case SINGLE_STREAM ->
                facts.rules().metric().queryCountLogged() ? List.of(OFFLINE, MULTI_STREAM) : List.of(OFFLINE);
            case MULTI_STREAM -> List.of(OFFLINE);
            case SERVER -> List.of(INTERACTIVE);
            default -> List.of();
        };
    }

    private static @Nullable String inferred(String scenario, String ran) {
        return scenario.equals(ran) || ran.equals(SERVER)
                ? null
                : "the result for " + scenario + " is inferred from a run in " + ran
                        + ", which the rules allow for edge systems";
    }

    /** The scenario that the session's folder, or one of those above it, is named after. */
    private static Optional<Named> named(Path session) {
        Path folder = session;
        for (int level = 0; level < LEVELS && folder != null && folder.getFileName() != null; level++) {
            String name = folder.getFileName().toString();
            Optional<String> scenario = inName(name);
            if (scenario.isPresent()) {
                boolean certain = known(name).isPresent() || name.endsWith(scenario.get());
                return Optional.of(new Named(FOLDER + name, scenario.get(), certain));
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    private static Optional<String> known(String name) {
        return KNOWN.stream().filter(known -> known.equalsIgnoreCase(name)).findFirst();
    }

    /** A name that is a scenario, or ends in one behind a separator. */
    private static Optional<String> inName(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
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
