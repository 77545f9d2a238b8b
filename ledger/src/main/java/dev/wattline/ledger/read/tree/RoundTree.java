package dev.wattline.ledger.read.tree;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.OrderedWork;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.compliance.run.SessionMetric;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.tiny.TinyFolder;
import dev.wattline.ledger.tiny.TinyStudy;
import dev.wattline.ledger.training.TrainingFolder;
import dev.wattline.ledger.training.TrainingStudy;
import dev.wattline.ledger.training.TrainingTree;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The raw results of a round below a folder, of whichever suite: sessions of MLPerf Inference, results of MLPerf Training,
 * energy runs of MLPerf Tiny. Each is told by what its folders hold.
 *
 * @param round such as {@code v4.1}
 * @param problems what could not be read, a sentence each
 */
public record RoundTree(
        String round, List<Session> sessions, List<Training> trainings, List<Tiny> tinies, List<String> problems) {

    public RoundTree {
        sessions = List.copyOf(sessions);
        trainings = List.copyOf(trainings);
        tinies = List.copyOf(tinies);
        problems = List.copyOf(problems);
    }

    /**
     * A session of MLPerf Inference.
     *
     * @param systemName {@code system_name} of the system's description; empty without one
     * @param systemType {@code system_type} of the description, such as {@code datacenter,edge}
     * @param missing files that the metric needs and that are not there, relative to the session
     * @param system the system's whole description; empty without one
     * @param performance LoadGen's result; null if its log has none
     * @param settings precision, batch and power limit as the submission states them
     */
    public record Session(
            ResultPlace place,
            String systemName,
            String systemType,
            PowerMetric metric,
            List<String> missing,
            Map<String, Object> system,
            @Nullable LoadgenResult performance,
            SubmissionSettings settings) {

        /** A session of which nothing but the power is known. */
        public Session(
                ResultPlace place, String systemName, String systemType, PowerMetric metric, List<String> missing) {
            this(place, systemName, systemType, metric, missing, Map.of(), null, SubmissionSettings.NONE);
        }

        /** The categories that the system was submitted in, in lower case. */
        public List<String> categories() {
            return Stream.of(systemType.toLowerCase(Locale.ROOT).split("[,;/ ]+"))
                    .filter(name -> !name.isEmpty())
                    .toList();
        }
    }

    /**
     * A folder of MLPerf Training.
     *
     * @param nodes {@code number_of_nodes} of the description; NaN without one
     * @param acceleratorsPerNode {@code accelerators_per_node} of the description; NaN without one
     */
    public record Training(
            ResultPlace place, String systemName, double nodes, double acceleratorsPerNode, TrainingFolder study) {

        /** How many accelerators in all; 0 if the description does not tell. */
        public int accelerators() {
            return (int) Math.round(nodes * acceleratorsPerNode);
        }
    }

    /**
     * A folder of energy runs of MLPerf Tiny.
     *
     * @param chips {@code SoC Name} of each description of the organisation that fits the folder's name, or of all
     */
    public record Tiny(ResultPlace place, List<String> chips, TinyFolder study) {
        private static final Map<String, String> BENCHMARKS = Map.of(
                "anomalydetection", "ad",
                "imageclassification", "ic",
                "keywordspotting", "kws",
                "persondetection", "vww",
                "visualwakewords", "vww");

        /** The benchmark by its short name, such as {@code kws}; the folder's own name where it is none that is known. */
        public String benchmark() {
            List<String> below = place.rest();
            // The benchmark's folder is the one above the energy run's, however many lie above it.
            String name = below.size() < 2 ? "" : plain(below.get(below.size() - 2));
            return BENCHMARKS.getOrDefault(name, name);
        }
    }

    /** Is told about the progress of long work. */
    public interface Watcher {
        /** So many sessions are to be read. */
        void begin(int sessions);

        /** One of them was read. */
        void step();
    }

    /**
     * Reads what lies below a folder.
     *
     * @param given the round; empty for that of the LoadGen that made the sessions, where most were made by one round's
     * @param threads how many sessions to read at a time
     * @throws LedgerException if there are no results below it, or they are of another round
     * @throws IOException if it cannot be listed
     */
    public static RoundTree read(String given, Path tree, int threads, Watcher watcher)
            throws IOException, InterruptedException {
        List<String> problems = java.util.Collections.synchronizedList(new ArrayList<>());
        SystemDescriptions systems = new SystemDescriptions(tree, problems::add);
        List<Path> folders = SessionFinder.below(tree);
        List<Session> sessions = new ArrayList<>();
        List<String> rounds = new ArrayList<>();
        watcher.begin(folders.size());
        if (!folders.isEmpty()) {
            OrderedWork.run(folders, Math.min(threads, folders.size()), folder -> read(tree, folder, systems), one -> {
                sessions.add(one.session());
                one.loadgenRound().ifPresent(rounds::add);
                watcher.step();
            });
        }
        String round = given.isEmpty() ? most(rounds).orElse("") : given;
        requireRound(round, tree, rounds);
        List<Training> trainings = new ArrayList<>();
        for (Path folder : TrainingTree.below(tree)) {
            ResultPlace place = ResultPlace.of(tree, folder);
            Map<String, Object> system = systems.of(place);
            trainings.add(new Training(
                    place,
                    SystemDescriptions.text(system, "system_name"),
                    number(SystemDescriptions.text(system, "number_of_nodes")),
                    number(SystemDescriptions.text(system, "accelerators_per_node")),
                    TrainingStudy.of(folder, place.path())));
        }
        List<Tiny> tinies = new ArrayList<>();
        for (Path folder : TinyStudy.below(tree)) {
            ResultPlace place = ResultPlace.of(tree, folder);
            tinies.add(
                    new Tiny(place, chips(place, systems.ofOrganization(place)), TinyStudy.of(folder, place.path())));
        }
        if (sessions.isEmpty() && trainings.isEmpty() && tinies.isEmpty()) {
            throw new LedgerException(
                    "there are no results with power below " + tree,
                    "Name the folder of a round that holds closed or open, or an organisation's results.",
                    null);
        }
        return new RoundTree(round, sessions, trainings, tinies, problems);
    }

    private record Read(Session session, Optional<String> loadgenRound) {}

    private static Read read(Path tree, Path folder, SystemDescriptions systems) {
        SessionMetric metric = SessionMetric.read(folder, null, null);
        Optional<String> round = Optional.empty();
        try {
            round = metric.facts().loadgen(Phase.TESTING).round();
        } catch (PyError | IOException e) {
            round = Optional.empty(); // the log is among the missing files, or the metric's notes name it
        }
        return new Read(session(tree, folder, systems, metric), round);
    }

    /** A session of a tree, of which the metric is known. */
    public static Session session(Path tree, Path folder, SystemDescriptions systems, SessionMetric metric) {
        ResultPlace place = ResultPlace.of(tree, folder);
        Map<String, Object> system = systems.of(place);
        Optional<LoadgenResult> performance = Optional.empty();
        try {
            LoadgenDetail detail = metric.facts().loadgen(Phase.TESTING);
            performance =
                    LoadgenResult.of(detail, metric.facts(), metric.metric().scenario());
        } catch (PyError | IOException e) {
            performance = Optional.empty(); // the log is among the missing files, or the metric's notes name it
        }
        return new Session(
                place,
                SystemDescriptions.text(system, "system_name"),
                SystemDescriptions.text(system, "system_type"),
                metric.metric(),
                metric.missing(),
                system,
                performance.orElse(null),
                SubmissionSettings.of(tree, place));
    }

    /** Refuses a tree of which no session was measured with the round's LoadGen, but most with another round's. */
    private static void requireRound(String round, Path tree, List<String> rounds) {
        if (rounds.isEmpty() || rounds.contains(round)) {
            return;
        }
        most(rounds).ifPresent(other -> {
            throw new LedgerException(
                    "the sessions below " + tree + " are of round " + other + ", not of " + round
                            + ": so says the LoadGen that made "
                            + rounds.stream().filter(other::equals).count() + " of " + rounds.size(),
                    "Name it with --tree " + other + "=" + tree + ".",
                    null);
        });
    }

    /** The round whose LoadGen made more than half of the sessions; empty if there is none. */
    private static Optional<String> most(List<String> rounds) {
        Map<String, Long> counts = rounds.stream()
                .filter(Rounds.names()::contains)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        return counts.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() > rounds.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The names of chips and boards of the descriptions whose files are named after the place's folders, or of all where
     * none is.
     */
    private static List<String> chips(ResultPlace place, Map<Path, Map<String, Object>> descriptions) {
        List<String> folders = new ArrayList<>(List.of(plain(place.system())));
        // The last two folders are the benchmark's and the energy run's.
        place.rest().stream()
                .limit(Math.max(0, place.rest().size() - 2))
                .map(RoundTree::plain)
                .forEach(folders::add);
        List<Map<String, Object>> fitting = descriptions.entrySet().stream()
                .filter(entry -> folders.stream().allMatch(plain(entry.getKey().toString())::contains))
                .map(Map.Entry::getValue)
                .toList();
        return (fitting.isEmpty() ? List.copyOf(descriptions.values()) : fitting)
                .stream()
                        .flatMap(description -> Stream.of("SoC Name", "Board Name")
                                .map(key -> SystemDescriptions.text(description, key)))
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static double number(String text) {
        return text.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(text) : Double.NaN;
    }
}
