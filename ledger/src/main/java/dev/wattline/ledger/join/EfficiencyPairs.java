package dev.wattline.ledger.join;

import dev.wattline.ledger.join.Performances.Performance;
import dev.wattline.ledger.join.VerifiedRow.Own;
import dev.wattline.ledger.row.MeasureUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Which published differences in efficiency are smaller than the uncertainty of both analyzers. Compared are results whose
 * power and performance their sessions confirm; two rows of one recording are no pair.
 *
 * @param counts how many pairs of each kind there are
 * @param within those of them whose intervals overlap: which of the two is the more efficient one cannot be told
 */
public record EfficiencyPairs(Map<Kind, Integer> counts, List<Pair> within) {
    public EfficiencyPairs {
        counts = Map.copyOf(counts);
        within = List.copyOf(within);
    }

    /** What two results differ in. */
    public enum Kind {
        /** Two systems with one model and scenario in one round. */
        SYSTEMS("systems"),
        /** One system in one round with two targets of accuracy of one model. */
        TARGETS("targets"),
        /** One system with one model and scenario in two rounds. */
        ROUNDS("rounds");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in tables and JSON. */
        public String word() {
            return word;
        }
    }

    /**
     * A result.
     *
     * @param session relative to its tree
     * @param value work a joule: samples, queries or tokens
     * @param low lower end of the 95 % interval of the analyzer's uncertainty
     * @param high its upper end
     */
    public record Efficiency(
            String round,
            String id,
            String submitter,
            String system,
            String model,
            String scenario,
            String session,
            double value,
            double low,
            double high) {
        boolean overlaps(Efficiency other) {
            return low <= other.high && other.low <= high;
        }
    }

    /** Two results that cannot be told apart. */
    public record Pair(Kind kind, Efficiency one, Efficiency other) {
        /** How far the second lies from the first, as a share of it. */
        public double difference() {
            return other.value / one.value - 1;
        }
    }

    /**
     * A result with what tells which others it can be compared with.
     *
     * @param work what the efficiency counts
     * @param recording the same for all folders that hold one recording
     */
    private record Result(Efficiency efficiency, String work, List<String> recording) {
        String model() {
            return Names.model(efficiency.model);
        }

        String system() {
            return Names.plain(efficiency.submitter) + "/" + Names.plain(efficiency.system);
        }

        List<String> key(String... parts) {
            List<String> key = new ArrayList<>(List.of(work, Names.plain(efficiency.scenario)));
            key.addAll(List.of(parts));
            return key;
        }
    }

    /** All pairs. */
    public int pairs() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many pairs of a kind cannot be told apart. */
    public long within(Kind kind) {
        return within.stream().filter(pair -> pair.kind == kind).count();
    }

    /** Compares the results of a ledger with each other. */
    public static EfficiencyPairs of(List<VerifiedRow> powers, List<Performance> performances) {
        List<Result> results = results(powers, performances);
        Map<Kind, Integer> counts = new HashMap<>();
        List<Pair> within = new ArrayList<>();
        pairs(
                Kind.SYSTEMS,
                results,
                result -> result.key(result.efficiency.round, result.model()),
                (one, other) -> !one.system().equals(other.system()),
                counts,
                within);
        pairs(
                Kind.TARGETS,
                results,
                result -> result.key(result.efficiency.round, result.system(), Names.withoutTarget(result.model())),
                (one, other) -> !one.model().equals(other.model()),
                counts,
                within);
        pairs(
                Kind.ROUNDS,
                results,
                result -> result.key(result.system(), result.model()),
                (one, other) -> !one.efficiency.round.equals(other.efficiency.round),
                counts,
                within);
        return new EfficiencyPairs(counts, within);
    }

    private static List<Result> results(List<VerifiedRow> powers, List<Performance> performances) {
        Map<List<Object>, Performance> rates = new HashMap<>();
        for (Performance performance : performances) {
            if (!Double.isNaN(Performances.confirmedRate(performance))) {
                rates.putIfAbsent(
                        List.of(Verification.resultName(performance.row()), performance.session()), performance);
            }
        }
        List<Result> results = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>(); // several tables print one result
        for (VerifiedRow power : powers) {
            Own own = power.own();
            MeasureUnit unit = power.measure().unit();
            boolean confirmed =
                    power.verdict() == PublishedVerdict.EQUAL || power.verdict() == PublishedVerdict.ROUNDED;
            if (own == null || unit == null || !confirmed || Double.isNaN(own.low())) {
                continue;
            }
            double rate = unit.fromBase(1);
            String work = "queries";
            if (unit == MeasureUnit.WATT) {
                Performance performance = rates.get(List.of(Verification.resultName(power.row()), own.path()));
                if (performance == null) {
                    continue;
                }
                rate = performance.measure().value();
                work = performance.unit();
            }
            String round = power.row().submission().round();
            if (!seen.add(List.of(round, own.path()))) {
                continue;
            }
            List<String> recording = new ArrayList<>(List.of(round));
            TreeSet<String> folders = new TreeSet<>(own.sameRecordingAs());
            folders.add(own.path());
            recording.addAll(folders);
            results.add(new Result(
                    new Efficiency(
                            round,
                            power.row().submission().id(),
                            power.row().submission().submitter(),
                            power.row().machine().name(),
                            power.row().task().model(),
                            power.row().task().scenario(),
                            own.path(),
                            rate / power.measure().value(),
                            rate / own.high(),
                            rate / own.low()),
                    work,
                    recording));
        }
        return results;
    }

    private static void pairs(
            Kind kind,
            List<Result> results,
            Function<Result, List<String>> key,
            BiPredicate<Result, Result> differ,
            Map<Kind, Integer> counts,
            List<Pair> within) {
        counts.put(kind, 0);
        Map<List<String>, List<Result>> groups = new LinkedHashMap<>();
        results.forEach(result -> groups.computeIfAbsent(key.apply(result), name -> new ArrayList<>())
                .add(result));
        for (List<Result> group : groups.values()) {
            for (int i = 0; i < group.size(); i++) {
                for (int k = i + 1; k < group.size(); k++) {
                    Result one = group.get(i);
                    Result other = group.get(k);
                    if (differ.test(one, other) && !one.recording.equals(other.recording)) {
                        counts.merge(kind, 1, Integer::sum);
                        if (one.efficiency.overlaps(other.efficiency)) {
                            within.add(new Pair(kind, one.efficiency, other.efficiency));
                        }
                    }
                }
            }
        }
    }
}
