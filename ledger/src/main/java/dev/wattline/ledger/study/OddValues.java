package dev.wattline.ledger.study;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.imports.ApportionedCheck;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is odd about the values of a ledger: each kind of oddity once for each file, with the number of rows, the first
 * places, and the numbers that show it. Not safe for use by several threads.
 */
public final class OddValues {
    private static final double OVER_DESIGN = 1.05;
    private static final double BELOW_IDLE = 0.03;
    private static final double CONSTANT = 0.02;
    private static final int ENOUGH_FOR_CONSTANT = 10;
    private static final double DIRTIEST_GRID = 1.2;
    private static final double JOULES_PER_KWH = 3.6e6;
    private static final int FIRST_PLACES = 3;
    /** Sources that read the driver's power once a second; ML.ENERGY reads the energy counter. */
    private static final Set<Kind> POLLING =
            EnumSet.of(Kind.AIENERGYSCORE, Kind.OPTIMUM, Kind.CODECARBON, Kind.LLMPERF, Kind.OHDOKING, Kind.TABLE);
    /** Cards whose driver averages 25 ms of each 100 ms. */
    private static final List<String> QUARTER = List.of("A100", "H100", "GH200");

    /** A kind of oddity at a place: what was seen, and how often. */
    private static final class Tally {
        final String message;
        final List<String> places = new ArrayList<>();
        final Map<String, String> values = new LinkedHashMap<>();
        long rows;

        Tally(String message) {
            this.message = message;
        }

        void add(String place) {
            rows++;
            if (places.size() < FIRST_PLACES) {
                places.add(place);
            }
        }
    }

    private record Key(String id, String file, String what) {}

    /** Rows that ought to be alike in power. */
    private record Load(String file, String key, Scope scope, String model, String hardware, String run) {}

    private static final class Powers {
        final List<Double> watts = new ArrayList<>();
        final ApportionedCheck apportioned = new ApportionedCheck();
        boolean marked;
    }

    private final Map<Key, Tally> tallies = new TreeMap<>((a, b) -> {
        int byId = a.id.compareTo(b.id);
        int byFile = a.file.compareTo(b.file);
        return byId != 0 ? byId : byFile != 0 ? byFile : a.what.compareTo(b.what);
    });
    private final Map<Load, Powers> loads = new LinkedHashMap<>();
    private final Peers peers = new Peers();
    private final Copies copies = new Copies();
    private long rows;

    /** Looks at a row: all rows are looked at before the first is added. */
    public void look(LedgerRow row) {
        copies.look(row);
    }

    /** Adds a row that was looked at. */
    public void add(LedgerRow row) {
        rows++;
        String place = row.origin().place();
        for (String id : row.findings()) {
            tally(id, row, "", FindingCatalog.explain(id).cause()).add(place);
        }
        for (Measure measure : row.measures()) {
            if (measure.basis() == Basis.DERIVED
                    && !row.findings().contains("derived-duplicate")
                    && measure.isPower()
                    && !measure.key().contains("/")) {
                tally("derived-duplicate", row, measure.key(), measure.key() + " follows from other columns")
                        .add(place);
            }
            if (measure.isPower() && measure.basis() == Basis.MEASURED && measure.value() == 0) {
                tally("zero-is-missing", row, measure.key(), "a measured value of 0 " + measure.label())
                        .add(place);
            }
        }
        cards(row);
        emissions(row);
        loads(row);
        peers.add(row);
        copies.add(row);
    }

    private Tally tally(String id, LedgerRow row, String what, String message) {
        return tallies.computeIfAbsent(
                new Key(FindingCatalog.id(id), row.origin().file(), what), key -> new Tally(message));
    }

    /** What a card's power is against its design power. */
    private void cards(LedgerRow row) {
        String spelling = row.machine().accelerator();
        Optional<Measure> power = Values.first(row, Dimension.POWER, Scope.GPU);
        Double count = row.machine().accelerators();
        Optional<Accelerators.Accelerator> card = Accelerators.of(spelling);
        if (power.isPresent()
                && POLLING.contains(row.origin().kind())
                && card.map(Accelerators.Accelerator::name)
                        .filter(this::quarter)
                        .isPresent()) {
            tally("coverage-25-percent", row, "", "powers of " + spelling + " by a program that polls the driver")
                    .add(row.origin().place());
        }
        Double limit = row.settings().get(Setting.POWER_LIMIT);
        Double design =
                limit != null ? limit : Accelerators.designWatts(spelling).orElse(null);
        if (power.isEmpty() || design == null || count == null || !(count > 0)) {
            return;
        }
        double share = Values.base(power.get()) / (count * design);
        if (share > OVER_DESIGN) {
            extreme("tdp-exceeded", row, spelling, share, design, "draw more than 105 % of");
        } else if (share < BELOW_IDLE) {
            extreme("below-idle", row, spelling, share, design, "draw less than 3 % of");
        }
    }

    private boolean quarter(String name) {
        return QUARTER.stream().anyMatch(name::startsWith);
    }

    private void extreme(String id, LedgerRow row, String spelling, double share, double design, String words) {
        Tally tally = tally(id, row, spelling, spelling + " " + words + " its " + number(design) + " W");
        tally.values.merge(
                "share of design power",
                percent(share),
                (old, one) -> share > OVER_DESIGN
                        ? greater(old, one)
                        : greater(one, old).equals(one) ? old : one);
        tally.add(row.origin().place());
    }

    private static String greater(String one, String other) {
        return Double.parseDouble(one.replace(" %", "")) >= Double.parseDouble(other.replace(" %", "")) ? one : other;
    }

    private void emissions(LedgerRow row) {
        Optional<Measure> co2 = row.measures().stream()
                .filter(measure -> measure.unit() != null && measure.unit().dimension() == Dimension.CO2)
                .findFirst();
        double joules = row.measures().stream()
                .filter(measure -> measure.unit() != null && measure.unit().dimension() == Dimension.ENERGY)
                .mapToDouble(Values::base)
                .max()
                .orElse(0);
        if (co2.isPresent() && joules > 0) {
            double kilograms = Values.base(co2.get()) / 1e3;
            double intensity = kilograms / (joules / JOULES_PER_KWH);
            if (intensity > DIRTIEST_GRID) {
                Tally tally = tally("co2-energy-mismatch", row, "", "CO2 over energy is more than any grid's");
                tally.values.putIfAbsent("first, kg/kWh", String.format(Locale.ROOT, "%.2f", intensity));
                tally.add(row.origin().place());
            }
        }
    }

    private void loads(LedgerRow row) {
        Optional<Measure> time = Values.first(row, Dimension.TIME);
        for (Measure energy : row.measures()) {
            if (energy.unit() == null
                    || energy.unit().dimension() != Dimension.ENERGY
                    || !(energy.value() > 0)
                    || time.isEmpty()
                    || energy.basis() == Basis.DERIVED) {
                continue;
            }
            Load load = new Load(
                    row.origin().kind() + " " + row.origin().file(),
                    energy.key(),
                    energy.scope(),
                    row.task().model(),
                    row.machine().accelerator() + row.machine().processor(),
                    row.origin().kind() == Kind.OHDOKING || row.origin().kind() == Kind.TABLE
                            ? row.settings().run()
                            : "");
            Powers powers = loads.computeIfAbsent(load, key -> new Powers());
            double joules = Values.base(energy);
            double seconds = Values.base(time.get());
            powers.marked |= energy.basis() == Basis.APPORTIONED;
            powers.watts.add(joules / seconds);
            powers.apportioned.add(
                    joules,
                    energy.unit().toBase(energy.halfDigit()),
                    seconds,
                    seconds * time.get().halfDigit() / time.get().value());
        }
    }

    /** All findings, in the order of their ids and files. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        tallies.forEach((key, tally) -> findings.add(finding(key.id, key.file, tally.message, tally.rows, tally.places)
                .withAll(tally.values)));
        loads.forEach((load, powers) -> load(load, powers).ifPresent(findings::add));
        findings.addAll(peers.findings());
        findings.addAll(copies.findings());
        return findings;
    }

    /** How many rows were looked at. */
    public long rows() {
        return rows;
    }

    private static Optional<Finding> load(Load load, Powers powers) {
        String what = load.key + " of " + load.model + (load.hardware.isBlank() ? "" : " on " + load.hardware);
        String file = load.file.substring(load.file.indexOf(' ') + 1);
        if (powers.apportioned.apportioned()) {
            return powers.marked
                    ? Optional.empty() // the rows' own finding tells it
                    : Optional.of(finding(
                                    "apportioned-by-time",
                                    file,
                                    what + ": all rows have one power, though their times differ",
                                    powers.watts.size(),
                                    List.of())
                            .with("relative spread of W", powers.apportioned.relativeSpread()));
        }
        boolean component = load.scope == Scope.CPU || load.scope == Scope.MEMORY || load.scope == Scope.UNKNOWN;
        if (!component || powers.watts.size() < ENOUGH_FOR_CONSTANT) {
            return Optional.empty();
        }
        Series series = Series.of(powers.watts);
        double spread = series.interquartileRange() / series.median();
        return spread < CONSTANT
                ? Optional.of(finding(
                                "constant-component",
                                file,
                                what + ": the power is nearly the same in all rows",
                                powers.watts.size(),
                                List.of())
                        .with("median W", number(series.median()))
                        .with("interquartile range over median", percent(spread)))
                : Optional.empty();
    }

    /** A finding with what all of them have. */
    static Finding finding(String id, @Nullable String file, String message, long rows, List<String> places) {
        Finding finding = Finding.of(id, message).in(file).with("rows", rows);
        return places.isEmpty() ? finding : finding.with("first", String.join("; ", places));
    }

    /** A number with six significant digits. */
    static String number(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A share in percent with one decimal. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
