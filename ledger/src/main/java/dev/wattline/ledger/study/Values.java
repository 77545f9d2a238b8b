package dev.wattline.ledger.study;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The values of a row that can be compared, in the base unit of their dimension. */
final class Values {
    private static final Set<Basis> COUNTING = Set.of(Basis.MEASURED, Basis.DERIVED);
    /** Energies for a unit of work, the finest first. */
    static final List<Dimension> PER_WORK = List.of(
            Dimension.ENERGY_PER_TOKEN,
            Dimension.ENERGY_PER_IMAGE,
            Dimension.ENERGY_PER_VIDEO,
            Dimension.ENERGY_PER_QUERY,
            Dimension.ENERGY_PER_INFERENCE);

    private Values() {}

    /** The first value of a dimension that was measured or follows from measured ones, above 0. */
    static Optional<Measure> first(LedgerRow row, Dimension dimension) {
        return row.measures().stream()
                .filter(measure -> counts(measure, dimension))
                .findFirst();
    }

    /** The first value of a dimension at a scope. */
    static Optional<Measure> first(LedgerRow row, Dimension dimension, Scope scope) {
        return row.measures().stream()
                .filter(measure -> measure.scope() == scope && counts(measure, dimension))
                .findFirst();
    }

    private static boolean counts(Measure measure, Dimension dimension) {
        MeasureUnit unit = measure.unit();
        return unit != null
                && unit.dimension() == dimension
                && COUNTING.contains(measure.basis())
                && measure.value() > 0;
    }

    /** The value in the dimension's base. */
    static double base(Measure measure) {
        MeasureUnit unit = measure.unit();
        return unit == null ? Double.NaN : unit.toBase(measure.value());
    }

    /** The finest energy for a unit of work that a row has. */
    static Optional<Measure> perWork(LedgerRow row) {
        return PER_WORK.stream()
                .map(dimension -> first(row, dimension))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
