package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.source.CrossVerdict;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.IntervalEnergy;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.analysis.source.ScopeEnergy;
import dev.wattline.model.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** An energy statement as lines for a reader: a line a scope, as many digits as its interval carries. */
final class EnergyLines {
    private EnergyLines() {}

    /**
     * @param tokensPerSecond what LoadGen counted; empty where it counts no tokens
     */
    static List<String> of(EnergyStatement statement, int status, OptionalDouble tokensPerSecond) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "wattline: %.1f s, exit %d", statement.seconds(), status));
        statement.wall().ifPresent(wall -> lines.add(inferred(wall)));
        lines.addAll(scopes(statement, tokensPerSecond));
        statement.wall().ifPresent(wall -> {
            wall.prediction().told().forEach(told -> lines.add("  wall: " + told));
            lines.add("  " + wall.prediction().confidence());
        });
        if (statement.hasFigure()) {
            lines.add("  " + (statement.wall().isPresent() ? "scopes but wall are " : "")
                    + "not calibrated: intervals are those that the kind of source is assumed to have (Low)");
        } else if (statement.wall().isEmpty()) {
            lines.add("  no figure: no source told power or energy");
        }
        lines.add("  informal: no submission can be made of this");
        return lines;
    }

    /** What the phases of a name used. */
    static List<String> of(PhaseEnergy phase) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %s, %.1f s%s:",
                phase.name(),
                phase.seconds(),
                phase.count() == 1 ? "" : " in " + phase.count() + " parts"));
        for (ScopeEnergy energy : phase.energies()) {
            lines.add("  " + (energy.isKnown() ? known(energy, phase.seconds()) : unknown(energy)));
        }
        return lines;
    }

    /** A line a scope and source, what they say of each other, and what none of them saw. */
    static List<String> scopes(EnergyStatement statement, OptionalDouble tokensPerSecond) {
        List<String> lines = new ArrayList<>();
        for (ScopeEnergy energy : statement.energies()) {
            lines.add(energy.isKnown() ? known(energy, statement.seconds()) : unknown(energy));
            if (energy.isKnown() && tokensPerSecond.isPresent()) {
                lines.add(perToken(energy, statement.seconds() * tokensPerSecond.getAsDouble()));
            }
        }
        for (CrossVerdict verdict : statement.verdicts()) {
            lines.add("  " + verdict.what() + ": " + outcome(verdict));
        }
        List<String> still = statement.cooling().still();
        if (!still.isEmpty()) {
            lines.add("  fans that show 0 (still, or no fan there): " + String.join(", ", still));
        }
        if (!statement.unseen().isEmpty()) {
            lines.add("  not seen: " + String.join(", ", statement.unseen()));
        }
        return lines;
    }

    static String inferred(EnergyStatement.Inferred wall) {
        WallPrediction found = wall.prediction();
        ScopeEnergy energy = new ScopeEnergy(
                "wall",
                "inferred:",
                found.method() + " by " + wall.calibration(),
                1,
                found.joules(),
                found.halfWidthJ() / IntervalEnergy.K95,
                "");
        return known(energy, found.seconds());
    }

    private static String perToken(ScopeEnergy energy, double tokens) {
        double half = energy.halfWidthJ() / tokens;
        double value = energy.energyJ() / tokens;
        Interval ci95 = IntervalEnergy.interval95(value, half);
        return String.format(
                Locale.ROOT,
                "  %-8s %s J/token  (%s to %s, 95 %%)  LoadGen's rate of tokens",
                energy.scope(),
                Rounding.within(value, half),
                Rounding.within(ci95.low(), half),
                Rounding.within(ci95.high(), half));
    }

    private static String known(ScopeEnergy energy, double seconds) {
        double half = energy.halfWidthJ();
        double scale = Math.abs(energy.energyJ()) >= 10_000 ? 1e3 : 1;
        String unit = scale > 1 ? "kJ" : "J";
        Interval ci95 = IntervalEnergy.interval95(energy.energyJ(), half).times(1 / scale);
        return String.format(
                Locale.ROOT,
                "  %-8s %s %s  (%s to %s, 95 %%)  %s W  %s",
                energy.scope(),
                Rounding.within(energy.energyJ() / scale, half / scale),
                unit,
                Rounding.within(ci95.low(), half / scale),
                Rounding.within(ci95.high(), half / scale),
                Rounding.within(energy.energyJ() / seconds, half / seconds),
                origin(energy));
    }

    private static String unknown(ScopeEnergy energy) {
        return String.format(Locale.ROOT, "  %-8s no figure  %s: %s", energy.scope(), origin(energy), energy.why());
    }

    private static String origin(ScopeEnergy energy) {
        return energy.source() + " " + energy.kind()
                + (energy.devices() == 1 ? "" : ", " + energy.devices() + " devices");
    }

    private static String outcome(CrossVerdict verdict) {
        return switch (verdict.outcome()) {
            case CONSISTENT -> "consistent";
            case CANNOT_SAY -> "cannot say, " + verdict.why();
            case CONTRADICT ->
                !verdict.isOfEnergy()
                        ? "contradict, " + verdict.why()
                        : "contradict by " + Rounding.within(verdict.differenceJ(), verdict.sigmaJ())
                                + " J (standard uncertainty " + Rounding.within(verdict.sigmaJ(), verdict.sigmaJ())
                                + " J): "
                                + verdict.why();
        };
    }
}
