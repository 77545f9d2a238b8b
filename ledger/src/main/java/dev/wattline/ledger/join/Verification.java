package dev.wattline.ledger.join;

import dev.wattline.ledger.join.VerifiedRow.How;
import dev.wattline.ledger.join.VerifiedRow.Own;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds published powers and energies against the raw logs of their rounds.
 *
 * <p>A row's own session is the one in its location; else the one whose system description has the row's system name, for
 * the row's model and scenario, of several the one with the nearest value; else one of the same organisation, model and
 * scenario that has exactly the value.
 */
public final class Verification {
    private static final double EQUAL = 5e-10;
    private static final double ROUNDED_TWICE = 1.1;
    private static final String PERFORMANCE = "/performance";

    private record Key(Suite suite, String round) {}

    private final Map<Key, List<Candidate>> candidates = new HashMap<>();
    private final Map<Key, Map<String, Candidate>> byPath = new HashMap<>();
    private final Map<Key, Map<List<Object>, List<String>>> recordings = new HashMap<>();
    private final Map<List<Object>, Set<String>> idsOfOneName = new HashMap<>();

    /** Adds the raw results of a round; several trees may belong to one. */
    public void add(RoundTree tree) {
        tree.sessions().forEach(session -> add(Suite.INFERENCE, tree.round(), Candidate.of(session)));
        tree.trainings().forEach(training -> add(Suite.TRAINING, tree.round(), Candidate.of(training)));
        tree.tinies().forEach(tiny -> add(Suite.TINY, tree.round(), Candidate.of(tiny)));
    }

    private void add(Suite suite, String round, Candidate candidate) {
        Key key = new Key(suite, round);
        candidates.computeIfAbsent(key, k -> new ArrayList<>()).add(candidate);
        byPath.computeIfAbsent(key, k -> new HashMap<>())
                .put(candidate.place().path().toLowerCase(Locale.ROOT), candidate);
        List<Object> recording = candidate.recording();
        if (recording != null) {
            recordings
                    .computeIfAbsent(key, k -> new LinkedHashMap<>())
                    .computeIfAbsent(recording, r -> new ArrayList<>())
                    .add(candidate.place().path());
        }
    }

    /** A row's measure with the result that it belongs to, before its verdict is known. */
    private record Joined(
            LedgerRow row,
            Measure measure,
            Key key,
            @Nullable Candidate own,
            @Nullable How how) {
        double rederived() {
            return own == null ? Double.NaN : own.in(measure);
        }
    }

    /** The verdicts on all powers and energies of the rows, in their order. */
    public List<VerifiedRow> verify(List<LedgerRow> rows) {
        for (LedgerRow row : rows) {
            idsOfOneName
                    .computeIfAbsent(name(row), name -> new LinkedHashSet<>())
                    .add(row.submission().id());
        }
        List<Joined> joined = new ArrayList<>();
        for (LedgerRow row : rows) {
            Key key = new Key(row.submission().suite(), row.submission().round());
            for (Measure measure : row.measures()) {
                if (measure.isPower()) {
                    joined.add(join(row, measure, key));
                }
            }
        }
        Map<Key, List<Joined>> sound = new HashMap<>();
        for (Joined each : joined) {
            if (each.own() == null || matches(each.measure(), each.rederived())) {
                sound.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(each);
            }
        }
        return joined.stream()
                .map(each -> verdict(each, sound.getOrDefault(each.key(), List.of())))
                .toList();
    }

    /** What names alone tell of a row. */
    private static List<Object> name(LedgerRow row) {
        return List.of(
                row.submission().suite(),
                row.submission().round(),
                Names.plain(row.submission().submitter()),
                Names.plain(row.machine().name()),
                Names.model(row.task().model()),
                Names.plain(row.task().scenario()));
    }

    /** What a result goes by in its table, its submission included. */
    public static List<Object> resultName(LedgerRow row) {
        return List.of(row.submission().id(), name(row));
    }

    /** One recording that lies in several folders of a round. */
    public record Recording(String round, List<String> sessions) {
        public Recording {
            sessions = List.copyOf(sessions);
        }
    }

    /** The recordings that lie in more than one folder, of all sessions that were added. */
    public List<Recording> copies() {
        List<Recording> copies = new ArrayList<>();
        recordings.forEach((key, sessions) -> sessions.values().stream()
                .filter(paths -> paths.size() > 1)
                .forEach(paths -> copies.add(new Recording(key.round(), paths))));
        copies.sort(Comparator.comparing(Recording::round)
                .thenComparing(recording -> recording.sessions().get(0)));
        return copies;
    }

    private Joined join(LedgerRow row, Measure measure, Key key) {
        Optional<Candidate> located = located(row, key);
        if (located.isPresent()) {
            return new Joined(row, measure, key, located.get(), How.LOCATION);
        }
        Candidate named = named(row, measure, key);
        if (named != null && key.suite() == Suite.TINY && !matches(measure, named.in(measure)) && isShared(row)) {
            named = null; // which of the submissions with this chip the folder is of, only its value could tell
        }
        return new Joined(row, measure, key, named, named == null ? null : How.SYSTEM_NAME);
    }

    /** Whether several submissions of the organisation go by the same names; Tiny's tables name the chip alone. */
    private boolean isShared(LedgerRow row) {
        return idsOfOneName.getOrDefault(name(row), Set.of()).size() > 1;
    }

    private Optional<Candidate> located(LedgerRow row, Key key) {
        String location = row.submission().location().toLowerCase(Locale.ROOT);
        if (location.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Candidate> paths = byPath.getOrDefault(key, Map.of());
        return Stream.of(location + PERFORMANCE, location, location + "/energy")
                .map(paths::get)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private @Nullable Candidate named(LedgerRow row, Measure measure, Key key) {
        String system = Names.plain(row.machine().name());
        List<String> models = Names.models(row.task().model());
        String scenario = Names.plain(row.task().scenario());
        Double nodes = row.machine().nodes();
        List<Candidate> fitting = candidates.getOrDefault(key, List.of()).stream()
                .filter(each -> each.systemNames().contains(system))
                .filter(each -> models.contains(each.model()) && each.scenario().equals(scenario))
                .filter(each -> Double.isNaN(each.nodes()) || (nodes != null && nodes == each.nodes()))
                .toList();
        return preferred(preferred(fitting, each -> ofOrganization(each, row)), each -> inDivision(each, row)).stream()
                .min(Comparator.comparingDouble(each -> distance(measure, each.in(measure))))
                .orElse(null);
    }

    /** Those that fit a condition, or all where none does. */
    private static List<Candidate> preferred(List<Candidate> all, java.util.function.Predicate<Candidate> condition) {
        List<Candidate> some = all.stream().filter(condition).toList();
        return some.isEmpty() ? all : some;
    }

    private static boolean ofOrganization(Candidate candidate, LedgerRow row) {
        String folder = Names.plain(candidate.place().organization());
        return folder.equals(Names.plain(row.submission().submitter()));
    }

    /** Tables that do not name the division hold the closed one. */
    private static boolean inDivision(Candidate candidate, LedgerRow row) {
        String division = row.submission().division();
        return candidate.place().division().equalsIgnoreCase(division.isEmpty() ? "closed" : division);
    }

    private static double distance(Measure measure, double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value / measure.value() - 1);
    }

    private static boolean equal(double published, double value) {
        return Math.abs(value / published - 1) <= EQUAL;
    }

    /**
     * Whether the published value is this one rounded to the digits printed. Some tables were rounded twice, first to one
     * digit more, which adds a twentieth of the last digit.
     */
    private static boolean rounded(Measure measure, double value) {
        return Math.abs(value - measure.value()) <= measure.halfDigit() * ROUNDED_TWICE;
    }

    private static boolean matches(Measure measure, double value) {
        return equal(measure.value(), value) || rounded(measure, value);
    }

    private VerifiedRow verdict(Joined joined, List<Joined> sound) {
        Measure measure = joined.measure();
        if (Double.isNaN(measure.value())) {
            return result(joined, PublishedVerdict.NO_NUMBER, List.of());
        }
        if (!candidates.containsKey(joined.key())) {
            return result(joined, PublishedVerdict.ROUND_NOT_GIVEN, List.of());
        }
        double value = joined.rederived();
        if (equal(measure.value(), value)) {
            return result(joined, PublishedVerdict.EQUAL, List.of());
        }
        if (rounded(measure, value)) {
            return result(joined, PublishedVerdict.ROUNDED, List.of());
        }
        List<Candidate> holders = candidates.get(joined.key()).stream()
                .filter(each -> equal(measure.value(), each.in(measure)))
                .toList();
        if (joined.own() != null && !Double.isNaN(value)) {
            List<String> places = places(joined, holders, sound);
            return result(joined, places.isEmpty() ? PublishedVerdict.DIFFERS : PublishedVerdict.WRONG_ROW, places);
        }
        if (joined.own() != null) {
            return result(joined, PublishedVerdict.INCOMPLETE, List.of());
        }
        return withoutSession(joined, holders);
    }

    /** Where else the value stands: sessions of the round, and published rows that are not themselves at odds. */
    private List<String> places(Joined joined, List<Candidate> holders, List<Joined> sound) {
        Set<String> places = new LinkedHashSet<>();
        holders.forEach(each -> places.add(each.place().path()));
        for (Joined other : sound) {
            if (!other.row().equals(joined.row())
                    && sameDimension(other.measure(), joined.measure())
                    && equal(base(joined.measure()), base(other.measure()))) {
                LedgerRow row = other.row();
                String where = row.submission().location().isEmpty()
                        ? row.machine().name() + ", " + row.task().model() + " "
                                + row.task().scenario()
                        : row.submission().location();
                places.add(where + " (" + row.submission().id() + ")");
            }
        }
        return new ArrayList<>(places);
    }

    private static boolean sameDimension(Measure one, Measure two) {
        return one.unit() != null
                && two.unit() != null
                && one.unit().dimension() == two.unit().dimension();
    }

    private static double base(Measure measure) {
        return measure.unit() == null ? Double.NaN : measure.unit().toBase(measure.value());
    }

    private VerifiedRow withoutSession(Joined joined, List<Candidate> holders) {
        LedgerRow row = joined.row();
        List<String> models = Names.models(row.task().model());
        String scenario = Names.plain(row.task().scenario());
        // Tiny's tables name chip, board or folder, so that a name seldom tells; they print few digits.
        List<Candidate> fitting = row.submission().suite() == Suite.TINY
                ? candidates.getOrDefault(joined.key(), List.of()).stream()
                        .filter(each -> matches(joined.measure(), each.in(joined.measure())))
                        .toList()
                : holders;
        Optional<Candidate> misspelt = fitting.stream()
                .filter(each ->
                        models.contains(each.model()) && each.scenario().equals(scenario) && ofOrganization(each, row))
                .findFirst();
        if (misspelt.isPresent()) {
            Joined own = new Joined(row, joined.measure(), joined.key(), misspelt.get(), How.VALUE);
            boolean equal = equal(joined.measure().value(), own.rederived());
            return result(own, equal ? PublishedVerdict.EQUAL : PublishedVerdict.ROUNDED, List.of());
        }
        List<String> places = holders.stream().map(each -> each.place().path()).toList();
        boolean onlyTargetDiffers = holders.stream().anyMatch(each -> likelyCopy(each, row));
        return result(
                joined,
                holders.isEmpty() || onlyTargetDiffers ? PublishedVerdict.NO_SESSION : PublishedVerdict.WRONG_ROW,
                places);
    }

    /** One recording is often filed for the target of 99 and of 99.9 per cent. */
    private static boolean likelyCopy(Candidate candidate, LedgerRow row) {
        return candidate.systemNames().contains(Names.plain(row.machine().name()))
                && candidate.scenario().equals(Names.plain(row.task().scenario()))
                && Names.withoutTarget(candidate.model())
                        .equals(Names.withoutTarget(Names.model(row.task().model())));
    }

    private VerifiedRow result(Joined joined, PublishedVerdict verdict, List<String> places) {
        Candidate own = joined.own();
        How how = joined.how();
        double value = joined.rederived();
        return new VerifiedRow(
                joined.row(),
                joined.measure(),
                verdict,
                Double.isNaN(value) ? null : value,
                own == null || how == null ? null : own(own, how, joined),
                places);
    }

    private Own own(Candidate own, How how, Joined joined) {
        List<Object> recording = own.recording();
        List<String> copies = recording == null
                ? List.of()
                : recordings.getOrDefault(joined.key(), Map.of()).getOrDefault(recording, List.of()).stream()
                        .filter(path -> !path.equals(own.place().path()))
                        .toList();
        return new Own(
                own.place().path(),
                how,
                own.interval(joined.measure(), false),
                own.interval(joined.measure(), true),
                own.metric() == null ? 0 : own.metric().samples(),
                copies,
                own.incomplete());
    }
}
