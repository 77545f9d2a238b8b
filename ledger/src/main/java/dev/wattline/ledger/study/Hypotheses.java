package dev.wattline.ledger.study;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import dev.wattline.ledger.sheet.SessionPhases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Three suppositions on the power of accelerators, held against data: that inference draws 50 to 80 % of the cards' design
 * power, that a card idles at 30 to 60 W, and that loading a model draws 60 to 70 % of the steady power. Not safe for use
 * by several threads.
 */
public final class Hypotheses {
    private static final double MOST = 0.9;
    private static final double FEW = 0.5;
    private static final int ENOUGH = 5;

    /** Whether a supposition holds. */
    public enum Answer {
        HOLDS("holds"),
        PARTLY("holds for some"),
        FAILS("does not hold"),
        CANNOT_SAY("cannot say");

        private final String words;

        Answer(String words) {
            this.words = words;
        }

        /** The words in outputs. */
        public String words() {
            return words;
        }
    }

    /**
     * Numbers of one group against a range.
     *
     * @param within the share of them that lies in it
     */
    public record Evidence(String group, int count, double least, double median, double greatest, double within) {}

    /**
     * What the data say of a supposition.
     *
     * @param unit of the evidence's numbers
     * @param note what the evidence can say and what not
     */
    public record Verdict(
            String supposition,
            double from,
            double to,
            String unit,
            Answer answer,
            List<Evidence> evidence,
            String note) {
        public Verdict {
            evidence = List.copyOf(evidence);
        }
    }

    private final Map<String, List<Double>> design = new TreeMap<>();
    private final Map<String, List<Double>> idle = new TreeMap<>();
    private final Map<String, List<Double>> load = new TreeMap<>();
    private final Map<String, List<Double>> idleBound = new TreeMap<>();

    /** Adds a row; only powers of the cards alone can be held against their design power. */
    public void add(LedgerRow row) {
        Optional<Measure> power = Values.first(row, Dimension.POWER, Scope.GPU);
        Double count = row.machine().accelerators();
        if (power.isEmpty() || count == null || !(count > 0)) {
            return;
        }
        String group = Accelerators.name(row.machine().accelerator())
                + (row.settings().benchmark().isEmpty()
                        ? ""
                        : ", " + row.settings().benchmark());
        if (row.settings().phase().equalsIgnoreCase("idle")) {
            put(idle, group, Values.base(power.get()) / count);
            return;
        }
        Double limit = row.settings().get(Setting.POWER_LIMIT);
        Optional<Double> watts = limit != null
                ? Optional.of(limit)
                : Accelerators.designWatts(row.machine().accelerator());
        watts.ifPresent(each -> put(design, group, Values.base(power.get()) / (count * each)));
    }

    /**
     * Adds a session's phases, measured at the wall.
     *
     * @param system the system's name
     * @param accelerators number of its cards; 0 if it is not known
     */
    public void add(String system, double accelerators, SessionPhases phases) {
        if (phases.before().samples() >= 10 && phases.steady().samples() >= 10) {
            put(load, system, phases.before().mean() / phases.steady().mean());
        }
        if (accelerators > 0 && phases.idle().samples() > 0) {
            put(idleBound, system, phases.idle().mean() / accelerators);
        }
    }

    private static void put(Map<String, List<Double>> to, String group, double value) {
        to.computeIfAbsent(group, key -> new ArrayList<>()).add(value);
    }

    /** The three verdicts. */
    public List<Verdict> verdicts() {
        return List.of(
                verdict(
                        "inference draws 50 to 80 % of the cards' design power",
                        0.5,
                        0.8,
                        "share of design power",
                        design,
                        "powers of the cards alone, means of the steady state; powers at the wall hold the host and its"
                                + " losses and cannot tell it"),
                idleVerdict(),
                verdict(
                        "loading a model draws 60 to 70 % of the steady power",
                        0.6,
                        0.7,
                        "power before the window over steady power",
                        load,
                        "mean of all samples before the window, waiting included, at the wall, host included"));
    }

    private Verdict idleVerdict() {
        if (!idle.isEmpty()) {
            return verdict("a card idles at 30 to 60 W", 30, 60, "W a card", idle, "powers of the cards alone");
        }
        Verdict bound = verdict("a card idles at 30 to 60 W", 30, 60, "W a card at the wall", idleBound, "");
        return new Verdict(
                bound.supposition,
                bound.from,
                bound.to,
                bound.unit,
                Answer.CANNOT_SAY,
                bound.evidence,
                "no idle power of cards alone is known; at the wall the host is included, so that the numbers are"
                        + " upper bounds of a card's");
    }

    private static Verdict verdict(
            String supposition, double from, double to, String unit, Map<String, List<Double>> groups, String note) {
        List<Evidence> evidence = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        groups.forEach((group, values) -> {
            Series series = Series.of(values);
            evidence.add(new Evidence(
                    group, series.count(), series.min(), series.median(), series.max(), series.share(from, to)));
            all.addAll(values);
        });
        Answer answer;
        if (all.size() < ENOUGH) {
            answer = Answer.CANNOT_SAY;
        } else {
            double share = Series.of(all).share(from, to);
            answer = share >= MOST ? Answer.HOLDS : share < FEW ? Answer.FAILS : Answer.PARTLY;
        }
        return new Verdict(supposition, from, to, unit, answer, evidence, note);
    }
}
