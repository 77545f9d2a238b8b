package dev.wattline.ledger.study;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values against those of their peers: outliers, and units that are likely others. Not safe for use by several threads. */
final class Peers {
    private static final int ENOUGH = 5;
    private static final double FAR = 5;
    private static final double[] FACTORS = {1e3, 1e-3, 3600, 1 / 3600.0, 3.6e6, 1 / 3.6e6};
    private static final double SUSPECT = 100;
    private static final double FITS = 3;

    private record Group(
            String source, String benchmark, String model, String scenario, String card, String batch, String what) {}

    private record Value(double value, String file, String place) {}

    private final Map<Group, List<Value>> groups = new LinkedHashMap<>();

    void add(LedgerRow row) {
        for (Dimension dimension : Dimension.values()) {
            if (!dimension.isPower() || dimension == Dimension.ENERGY) {
                continue;
            }
            Values.first(row, dimension).ifPresent(measure -> add(row, dimension, measure));
        }
    }

    private void add(LedgerRow row, Dimension dimension, Measure measure) {
        Double count = row.machine().accelerators();
        double cards = count == null || !(count > 0) || dimension != Dimension.POWER ? 1 : count;
        Group group = new Group(
                row.origin().kind() + row.submission().round(),
                row.settings().benchmark() + row.settings().phase(),
                row.task().model(),
                row.task().scenario(),
                Accelerators.name(row.machine().accelerator()) + (count == null ? "" : " x " + OddValues.number(count)),
                batch(row),
                dimension + " " + measure.scope());
        groups.computeIfAbsent(group, key -> new ArrayList<>())
                .add(new Value(
                        Values.base(measure) / cards,
                        row.origin().file(),
                        row.origin().place()));
    }

    /** What was set, where it is told; else the batch that was measured. */
    private static String batch(LedgerRow row) {
        Double limit = row.settings().get(LedgerRow.Setting.BATCH_LIMIT);
        Double batch = limit == null ? row.settings().get(LedgerRow.Setting.BATCH) : limit;
        return batch + " " + row.settings().get(LedgerRow.Setting.HEIGHT);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        groups.forEach((group, values) -> {
            if (values.size() >= ENOUGH) {
                findings(group, values, findings);
            }
        });
        return findings;
    }

    private static void findings(Group group, List<Value> values, List<Finding> findings) {
        Series series = Series.of(values.stream().map(Value::value).toList());
        double median = series.median();
        double deviation = series.robustDeviation();
        for (Value value : values) {
            double factor = otherUnit(value.value / median);
            if (factor != 1) {
                findings.add(tell("unit-suspect", group, value, median)
                        .with("fits the peers when multiplied by", OddValues.number(factor)));
            } else if (deviation > 0 && Math.abs(value.value - median) > FAR * deviation) {
                findings.add(tell("outlier", group, value, median)
                        .with("robust z", OddValues.number((value.value - median) / deviation)));
            }
        }
    }

    private static Finding tell(String id, Group group, Value value, double median) {
        return OddValues.finding(
                        id,
                        value.file,
                        group.model + " on " + group.card + " at " + value.place + ": "
                                + OddValues.number(value.value) + " against " + OddValues.number(median)
                                + " of its peers",
                        1,
                        List.of(value.place))
                .with("value", OddValues.number(value.value))
                .with("median", OddValues.number(median));
    }

    /** The factor of another unit that would bring a value to its peers; 1 if it lies near them or none does. */
    private static double otherUnit(double ratio) {
        if (Math.abs(Math.log(ratio)) < Math.log(SUSPECT)) {
            return 1;
        }
        double best = 1;
        for (double factor : FACTORS) {
            double off = Math.abs(Math.log(ratio * factor));
            if (off < Math.log(FITS) && (best == 1 || off < Math.abs(Math.log(ratio * best)))) {
                best = factor;
            }
        }
        return best;
    }
}
