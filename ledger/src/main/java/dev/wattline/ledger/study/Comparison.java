package dev.wattline.ledger.study;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What several sources say of the same: intervals against intervals, at the same scope and nowhere else. Not safe for use
 * by several threads.
 */
public final class Comparison {
    /** What results must have in common to be held against each other. */
    public enum By {
        ACCELERATOR,
        MODEL,
        BATCH,
        PRECISION,
        PHASE,
        BENCHMARK,
        ACCELERATORS
    }

    /** Whether sources agree. */
    public enum Verdict {
        AGREE("agree"),
        DIFFER("differ"),
        CANNOT_SAY("cannot say");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** The word in outputs. */
        public String word() {
            return word;
        }
    }

    /**
     * What a source says.
     *
     * @param median of its values, in the unit of the comparison
     * @param low lower end of the 95 % interval of their middle; null of a single value without an interval of its own
     * @param confidence {@code high} of ten values or more at an analyzer or energy counter, {@code medium} of two or
     *     more, {@code low} of one
     */
    public record Voice(
            String source,
            int count,
            double median,
            @Nullable Double low,
            @Nullable Double high,
            String confidence) {
        /**
         * How exactly a value of the interval is to be printed: to half of the interval's width, and where the interval spans
         * orders of magnitude to two digits of the value; NaN without an interval.
         */
        public double resolution(double value) {
            return low == null || high == null ? Double.NaN : Math.min((high - low) / 2, Math.abs(value));
        }
    }

    /**
     * A comparison.
     *
     * @param key what the results have in common
     * @param quantity {@code W/card} or an energy for a unit of work
     * @param reason why it cannot be said, or what the verdict rests on
     */
    public record Group(
            Map<String, String> key,
            Scope scope,
            String quantity,
            List<Voice> voices,
            Verdict verdict,
            String reason) {}

    private record Place(Map<String, String> key, Scope scope, String quantity) {}

    private static final class Said {
        /** One recording that was filed twice is one value. */
        final Set<Double> distinct = new LinkedHashSet<>();

        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean allWithin = true;
    }

    private static final int MANY = 10;
    private static final Set<Scope> SCOPES = EnumSet.of(Scope.WALL, Scope.NODE, Scope.GPU, Scope.CPU);

    private final List<By> by;
    private final Map<Place, Map<String, Said>> places = new LinkedHashMap<>();

    /**
     * @param by what the results must have in common, beside scope and quantity
     */
    public Comparison(List<By> by) {
        this.by = List.copyOf(by);
    }

    /** Adds a row. */
    public void add(LedgerRow row) {
        Map<String, String> key = key(row);
        Double count = cards(row);
        for (Scope scope : SCOPES) {
            Optional<Measure> power = Values.first(row, Dimension.POWER, scope);
            if (power.isPresent() && count != null && count > 0) {
                say(row, key, scope, "W/card", power.get(), 1 / count);
            }
            for (Dimension dimension : Values.PER_WORK) {
                Values.first(row, dimension, scope)
                        .ifPresent(energy -> say(
                                row,
                                key,
                                scope,
                                "J/"
                                        + dimension
                                                .name()
                                                .substring("ENERGY_PER_".length())
                                                .toLowerCase(Locale.ROOT),
                                energy,
                                1));
            }
        }
    }

    /** The number of cards that a row's power is of; null where a source counts those of a node and has several nodes. */
    private static @Nullable Double cards(LedgerRow row) {
        Double nodes = row.machine().nodes();
        boolean perNode =
                row.origin().kind() == Kind.SUMMARY_RESULTS || row.origin().kind() == Kind.CHECKER_SUMMARY;
        return perNode && nodes != null && nodes > 1 ? null : row.machine().accelerators();
    }

    private void say(
            LedgerRow row, Map<String, String> key, Scope scope, String quantity, Measure measure, double factor) {
        Said said = places.computeIfAbsent(new Place(key, scope, quantity), place -> new LinkedHashMap<>())
                .computeIfAbsent(source(row), source -> new Said());
        double unit = Values.base(measure) / measure.value() * factor;
        said.distinct.add(measure.value() * unit);
        if (measure.low() == null || measure.high() == null) {
            said.allWithin = false;
        } else {
            said.low = Math.min(said.low, measure.low() * unit);
            said.high = Math.max(said.high, measure.high() * unit);
        }
    }

    /** Published tables and their raw logs are one source a round. */
    private static String source(LedgerRow row) {
        Kind kind = row.origin().kind();
        if (row.submission().suite() != LedgerRow.Suite.OTHER) {
            return "MLPerf " + row.submission().suite().name().toLowerCase(Locale.ROOT) + " "
                    + row.submission().round();
        }
        return kind == Kind.TABLE ? row.origin().file() : kind.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> key(LedgerRow row) {
        Map<String, String> key = new LinkedHashMap<>();
        for (By each : by) {
            String value = switch (each) {
                case ACCELERATOR -> Accelerators.name(row.machine().accelerator());
                case MODEL -> ModelFamily.of(row.task().model());
                case BATCH -> BatchClass.of(row.settings().get(Setting.BATCH)).words();
                case PRECISION -> row.task().precision().toLowerCase(Locale.ROOT);
                case PHASE -> row.settings().phase();
                case BENCHMARK -> row.settings().benchmark();
                case ACCELERATORS ->
                    row.machine().accelerators() == null
                            ? ""
                            : String.valueOf(row.machine().accelerators());
            };
            key.put(each.name().toLowerCase(Locale.ROOT), value);
        }
        if (!row.task().scenario().isEmpty()) {
            key.put("scenario", row.task().scenario().replace(" ", "").toLowerCase(Locale.ROOT));
        }
        return key;
    }

    /**
     * The comparisons.
     *
     * @param lonely with those of which only one source speaks
     */
    public List<Group> groups(boolean lonely) {
        List<Group> groups = new ArrayList<>();
        places.forEach((place, voices) -> {
            if (lonely || voices.size() > 1) {
                groups.add(group(place, voices));
            }
        });
        return groups;
    }

    private static Group group(Place place, Map<String, Said> voices) {
        List<Voice> told = new ArrayList<>();
        List<Optional<Spread>> spreads = new ArrayList<>();
        voices.forEach((source, said) -> {
            List<Double> values = List.copyOf(said.distinct);
            Optional<Spread> spread = values.size() == 1 && said.allWithin
                    ? Optional.of(new Spread(said.low, said.high))
                    : Spread.of(values);
            spreads.add(spread);
            told.add(new Voice(
                    source,
                    values.size(),
                    Series.of(values).median(),
                    spread.map(Spread::low).orElse(null),
                    spread.map(Spread::high).orElse(null),
                    values.size() == 1 ? "low" : values.size() < MANY ? "medium" : "high"));
        });
        if (told.size() < 2) {
            return new Group(place.key, place.scope, place.quantity, told, Verdict.CANNOT_SAY, "one source only");
        }
        if (place.key.values().stream().anyMatch(value -> value.isEmpty() || value.endsWith("unknown"))) {
            return new Group(
                    place.key,
                    place.scope,
                    place.quantity,
                    told,
                    Verdict.CANNOT_SAY,
                    "a source does not tell " + missing(place.key));
        }
        if (spreads.stream().anyMatch(Optional::isEmpty)) {
            return new Group(
                    place.key,
                    place.scope,
                    place.quantity,
                    told,
                    Verdict.CANNOT_SAY,
                    "a source has one value without an interval");
        }
        List<Spread> known = spreads.stream().flatMap(Optional::stream).toList();
        boolean agree = known.stream().allMatch(one -> known.stream().allMatch(one::overlaps));
        return new Group(
                place.key,
                place.scope,
                place.quantity,
                told,
                agree ? Verdict.AGREE : Verdict.DIFFER,
                agree ? "all intervals overlap" : "two intervals have nothing in common");
    }

    private static String missing(Map<String, String> key) {
        List<String> missing = new ArrayList<>();
        key.forEach((name, value) -> {
            if (value.isEmpty() || value.endsWith("unknown")) {
                missing.add(name);
            }
        });
        return String.join(", ", missing);
    }

    /**
     * What the wall draws beyond the cards, where both are known for one key.
     *
     * @param share 1 less the cards' median over the wall's; below 0 the wall would draw less than its cards
     */
    public record HostShare(
            Map<String, String> key, double wallWatts, double cardWatts, double share, int wall, int cards) {}

    /** Host and losses as a share of the wall's power for a card. */
    public List<HostShare> hostShares() {
        List<HostShare> shares = new ArrayList<>();
        places.forEach((place, voices) -> {
            Map<String, String> key = new LinkedHashMap<>(place.key);
            key.remove("scenario"); // cards are measured in no scenario of MLPerf
            Map<String, Said> cards = places.get(new Place(key, Scope.GPU, place.quantity));
            if (place.scope == Scope.WALL && place.quantity.equals("W/card") && cards != null) {
                List<Double> wall = all(voices);
                List<Double> gpu = all(cards);
                double wallWatts = Series.of(wall).median();
                double cardWatts = Series.of(gpu).median();
                shares.add(new HostShare(
                        place.key, wallWatts, cardWatts, 1 - cardWatts / wallWatts, wall.size(), gpu.size()));
            }
        });
        return shares;
    }

    private static List<Double> all(Map<String, Said> voices) {
        return voices.values().stream().flatMap(said -> said.distinct.stream()).toList();
    }
}
