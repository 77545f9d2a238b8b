package dev.wattline.ledger.join;

import dev.wattline.ledger.read.tree.LoadgenResult;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the published performance of results with power against what LoadGen, or Training's log, says in the session of
 * that power. Results without a power have no session in the trees and are passed over.
 */
public final class Performances {
    /** Tables print six digits and more of what LoadGen prints with nine. */
    private static final double EQUAL = 1e-6;
    /** How near a result of another session must be to be taken for the source of a value. */
    private static final double EXACT = 1e-9;

    /**
     * A published performance.
     *
     * @param verdict equal, rounded, differs, wrong row, incomplete where the log has no result, or no number
     * @param key LoadGen's name of its result; empty without one
     * @param rederived that result in the published unit; null without one
     * @param unit the unit that LoadGen's key means, as tables print it
     * @param session relative to the tree
     * @param valueFoundIn sessions of the round with exactly the published result, where this one has another
     */
    public record Performance(
            LedgerRow row,
            Measure measure,
            PublishedVerdict verdict,
            String key,
            @Nullable Double rederived,
            String unit,
            String session,
            List<String> valueFoundIn) {
        public Performance {
            valueFoundIn = List.copyOf(valueFoundIn);
        }
    }

    private record Place(Suite suite, String round, String path) {}

    private final Map<Place, LoadgenResult> results = new HashMap<>();
    private final Map<List<Object>, List<Place>> sessions = new HashMap<>();
    private final List<Performance> performances = new ArrayList<>();

    /**
     * @param trees the raw results
     * @param powers the verdicts on the powers, which tell whose session is whose
     */
    public Performances(List<RoundTree> trees, List<VerifiedRow> powers) {
        for (RoundTree tree : trees) {
            for (RoundTree.Session session : tree.sessions()) {
                LoadgenResult result = session.performance();
                if (result != null) {
                    results.put(
                            new Place(
                                    Suite.INFERENCE,
                                    tree.round(),
                                    session.place().path()),
                            result);
                }
            }
            for (RoundTree.Training training : tree.trainings()) {
                Double seconds = training.study().trainSeconds();
                if (seconds != null) {
                    results.put(
                            new Place(
                                    Suite.TRAINING,
                                    tree.round(),
                                    training.place().path()),
                            new LoadgenResult("run_stop - run_start", seconds / 60, "min"));
                }
            }
        }
        for (VerifiedRow power : powers) {
            VerifiedRow.Own own = power.own();
            LedgerRow.Submission submission = power.row().submission();
            if (own != null && submission.suite() != Suite.TINY) { // its energy runs do not tell the latency
                sessions.computeIfAbsent(Verification.resultName(power.row()), name -> new ArrayList<>())
                        .add(new Place(submission.suite(), submission.round(), own.path()));
            }
        }
    }

    /** Takes a row of the ledger; of those that are of no result with power nothing comes. */
    public void add(LedgerRow row) {
        if (row.origin().kind() == LedgerRow.Kind.TREE) {
            return;
        }
        for (Measure measure : row.measures()) {
            MeasureUnit unit = measure.unit();
            if (unit != null && isPerformance(unit)) {
                List<Place> places = sessions.getOrDefault(Verification.resultName(row), List.of());
                if (!places.isEmpty()) {
                    performances.add(performance(row, measure, unit, places));
                }
            }
        }
    }

    /** What came of the rows, in their order. */
    public List<Performance> all() {
        return List.copyOf(performances);
    }

    private Performance performance(LedgerRow row, Measure measure, MeasureUnit unit, List<Place> places) {
        Place nearest = places.stream()
                .min(Comparator.comparingDouble(place -> distance(measure.value(), value(place, unit))))
                .orElseThrow();
        LoadgenResult result = results.get(nearest);
        double value = value(nearest, unit);
        PublishedVerdict verdict = PublishedVerdict.DIFFERS;
        List<String> elsewhere = List.of();
        if (Double.isNaN(measure.value())) {
            verdict = PublishedVerdict.NO_NUMBER;
        } else if (Double.isNaN(value)) {
            verdict = PublishedVerdict.INCOMPLETE;
        } else if (distance(measure.value(), value) <= EQUAL) {
            verdict = PublishedVerdict.EQUAL;
        } else if (Math.abs(value - measure.value()) <= measure.halfDigit()) {
            verdict = PublishedVerdict.ROUNDED;
        } else {
            elsewhere = results.keySet().stream()
                    .filter(place -> place.suite == nearest.suite && place.round.equals(nearest.round))
                    .filter(place -> distance(measure.value(), value(place, unit)) <= EXACT)
                    .map(Place::path)
                    .sorted()
                    .toList();
            verdict = elsewhere.isEmpty() ? PublishedVerdict.DIFFERS : PublishedVerdict.WRONG_ROW;
        }
        return new Performance(
                row,
                measure,
                verdict,
                result == null ? "" : result.key(),
                Double.isNaN(value) ? null : value,
                result == null ? "" : result.unit(),
                nearest.path(),
                elsewhere);
    }

    private double value(Place place, MeasureUnit unit) {
        LoadgenResult result = results.get(place);
        if (result == null) {
            return Double.NaN;
        }
        MeasureUnit own = MeasureUnit.ofLabel(result.unit()).orElse(null);
        if (own == null || isTime(own) != isTime(unit)) {
            return Double.NaN;
        }
        // Rates go by samples, queries and tokens without much care: the number is what is compared.
        return isTime(unit) ? unit.fromBase(own.toBase(result.value())) : result.value();
    }

    private static double distance(double published, double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value / published - 1);
    }

    private static boolean isTime(MeasureUnit unit) {
        return unit.dimension() == MeasureUnit.Dimension.TIME;
    }

    private static boolean isPerformance(MeasureUnit unit) {
        return switch (unit.dimension()) {
            case TIME, SAMPLE_RATE, QUERY_RATE, TOKEN_RATE, IMAGE_RATE, VIDEO_RATE -> true;
            default -> false;
        };
    }

    /** The rate of a performance per second; NaN of a time or of one that its session does not confirm. */
    static double confirmedRate(Performance performance) {
        MeasureUnit unit = Objects.requireNonNull(performance.measure().unit());
        boolean confirmed =
                performance.verdict() == PublishedVerdict.EQUAL || performance.verdict() == PublishedVerdict.ROUNDED;
        return confirmed && !isTime(unit) ? performance.measure().value() : Double.NaN;
    }
}
