package dev.wattline.ledger.sheet;

import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.ledger.join.VerifiedRow;
import dev.wattline.ledger.read.tree.TreeRows;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import dev.wattline.ledger.sheet.PhasePower.Confidence;
import dev.wattline.ledger.sheet.SessionPhases.Span;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A result of a sheet.
 *
 * @param row the result as its source has it
 * @param power its power or energy; null where the source has none
 * @param performance its performance; null where the source has none
 * @param verified what its raw logs say of the power; null where none were given
 * @param session its session; null where it was not read
 * @param assumed ratios to the mean power for phases that were not measured, by the phase's name
 */
public record SheetEntry(
        LedgerRow row,
        @Nullable Measure power,
        @Nullable Measure performance,
        @Nullable VerifiedRow verified,
        @Nullable SheetSession session,
        Map<String, Double> assumed) {
    private static final int ENOUGH = 10;

    public SheetEntry {
        assumed = Map.copyOf(assumed);
    }

    /** The entry of a session that no table speaks of. */
    public static SheetEntry of(SheetSession session, Map<String, Double> assumed) {
        LedgerRow row = TreeRows.session(session.round(), session.result());
        return new SheetEntry(
                row,
                row.measures().stream().filter(Measure::isPower).findFirst().orElse(null),
                row.measures().stream()
                        .filter(each -> !each.isPower())
                        .findFirst()
                        .orElse(null),
                null,
                session,
                assumed);
    }

    /** Mean power in the window: by the session's log, else as the source has it; empty if it has only an energy. */
    public Optional<PhasePower> average() {
        PowerMetric metric = session == null ? null : session.result().metric();
        Double watts = metric == null ? null : metric.averageWatts();
        if (session != null && metric != null && watts != null) {
            Confidence confidence = confidence(metric.samples());
            Double half = halfWidth();
            return Optional.of(new PhasePower(
                    watts,
                    half == null ? null : watts - half,
                    half == null ? null : watts + half,
                    session.phases().map(SessionPhases::windowSeconds).orElse(null),
                    confidence,
                    "analyzer's log in LoadGen's window"));
        }
        if (power == null || power.unit() != MeasureUnit.WATT || Double.isNaN(power.value())) {
            return Optional.empty();
        }
        Confidence confidence = power.basis() == Measure.Basis.ESTIMATED || power.basis() == Measure.Basis.MISSING
                ? Confidence.LOW
                : Confidence.MEDIUM;
        return Optional.of(new PhasePower(
                power.value(),
                power.low(),
                power.high(),
                null,
                confidence,
                "as " + row.origin().file() + " has it"));
    }

    private Confidence confidence(long samples) {
        boolean passes = session != null && !session.verdict().bad();
        return samples >= ENOUGH && passes ? Confidence.HIGH : Confidence.MEDIUM;
    }

    /** Half of the interval of the analyzer's uncertainty at the mean power, W; null if it is not known. */
    private @Nullable Double halfWidth() {
        PowerMetric metric = session == null ? null : session.result().metric();
        PowerMetric.Interval interval = metric == null ? null : metric.ci95();
        Double value = metric == null ? null : metric.value();
        Double watts = metric == null ? null : metric.averageWatts();
        if (interval == null || value == null || watts == null || value == 0) {
            return null;
        }
        return watts * (interval.high() - interval.low()) / 2 / value;
    }

    public Optional<PhasePower> idle() {
        return phase("idle", phases().map(SessionPhases::idle), "least mean of ten samples in a row before the window");
    }

    public Optional<PhasePower> load() {
        return phase("load", phases().map(SessionPhases::before), "all samples before the window, waiting included");
    }

    public Optional<PhasePower> warmUp() {
        return phase("warmup", phases().map(SessionPhases::warmUp), "window up to ten samples at 95 % of its median");
    }

    public Optional<PhasePower> steady() {
        return phase("steady", phases().map(SessionPhases::steady), "window after the warm-up");
    }

    public Optional<PhasePower> tail() {
        return phase("tail", phases().map(SessionPhases::after), "all samples after the window");
    }

    public Optional<PhasePower> peak() {
        Optional<PhasePower> measured = phases().map(phases -> power(
                phases.window().greatest(),
                null,
                confidence(phases.window().samples()),
                "greatest sample in the window"));
        return measured.or(() -> assumption("peak"));
    }

    private Optional<SessionPhases> phases() {
        return session == null ? Optional.empty() : session.phases();
    }

    private Optional<PhasePower> phase(String name, Optional<Span> span, String source) {
        if (span.isPresent()) {
            return span.filter(each -> each.samples() > 0)
                    .map(each -> power(each.mean(), each.seconds(), confidence(each.samples()), source));
        }
        return assumption(name);
    }

    /**
     * A measured power with its interval. The uncertainty of a fixed range in W does not grow as power falls, and as a share
     * it does not grow as power rises: below the window's mean its half-width is the window's, above it grows alike.
     */
    private PhasePower power(double watts, @Nullable Double seconds, Confidence confidence, String source) {
        Double half = halfWidth();
        Double mean = session == null ? null : session.result().metric().averageWatts();
        if (half != null && mean != null) {
            half *= Math.max(1, watts / mean);
        }
        return new PhasePower(
                watts,
                half == null ? null : watts - half,
                half == null ? null : watts + half,
                seconds,
                confidence,
                source);
    }

    private Optional<PhasePower> assumption(String name) {
        Double ratio = assumed.get(name);
        return ratio == null
                ? Optional.empty()
                : average()
                        .map(average -> new PhasePower(
                                ratio * average.watts(),
                                null,
                                null,
                                null,
                                Confidence.LOW,
                                "assumed: " + ratio + " of the mean power"));
    }

    /** The performance as a rate; NaN where it is none. */
    double rate() {
        MeasureUnit unit = performance == null ? null : performance.unit();
        if (performance == null || unit == null) {
            return Double.NaN;
        }
        return switch (unit.dimension()) {
            case SAMPLE_RATE, QUERY_RATE, TOKEN_RATE, IMAGE_RATE, VIDEO_RATE -> performance.value();
            default -> Double.NaN;
        };
    }

    /** What the rate or the energy counts, such as {@code sample}; empty if neither says. */
    String work() {
        MeasureUnit unit = power == null || power.unit() != MeasureUnit.WATT
                ? power == null ? null : power.unit()
                : performance == null || Double.isNaN(rate()) ? null : performance.unit();
        return unit == null
                ? ""
                : switch (unit.dimension()) {
                    case SAMPLE_RATE -> "sample";
                    case QUERY_RATE, ENERGY_PER_QUERY -> "query";
                    case TOKEN_RATE, ENERGY_PER_TOKEN -> "token";
                    case IMAGE_RATE, ENERGY_PER_IMAGE -> "image";
                    case VIDEO_RATE, ENERGY_PER_VIDEO -> "video";
                    case ENERGY_PER_INFERENCE -> "inference";
                    default -> "";
                };
    }

    /** Energy of a unit of work, J; NaN if it is not known. */
    double energyOfWork() {
        MeasureUnit unit = power == null ? null : power.unit();
        if (power != null && unit != null && unit != MeasureUnit.WATT) {
            return unit.dimension() == Dimension.ENERGY ? Double.NaN : unit.toBase(power.value());
        }
        return average().map(average -> average.watts() / rate()).orElse(Double.NaN);
    }
}
