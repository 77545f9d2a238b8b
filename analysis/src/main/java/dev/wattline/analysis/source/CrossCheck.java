package dev.wattline.analysis.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sources of one machine against each other, without any meter: what is inside cannot draw more than what is outside, and
 * two readings of the same must agree.
 */
final class CrossCheck {
    private static final double CONSISTENT = 2;
    private static final double CONTRADICTS = 2.8;
    private static final double CONTAINED = 2; // one-sided
    private static final double SHARED_SENSOR = 0.5; // correlation of a card's counter and its samples
    private static final double TELLING = 0.10; // of the energy: a wider interval says nothing
    private static final double LEAST_S = 20;

    private final List<ScopeEnergy> energies;
    private final double seconds;
    private final List<CrossVerdict> verdicts = new ArrayList<>();

    private CrossCheck(List<ScopeEnergy> energies, double seconds) {
        this.energies = energies;
        this.seconds = seconds;
    }

    /** @param energies known ones, a row for each source and scope */
    static List<CrossVerdict> of(List<ScopeEnergy> energies, double seconds) {
        CrossCheck check = new CrossCheck(energies, seconds);
        check.same("gpu", "nvml", "nvidia-smi", SHARED_SENSOR);
        check.same("node", "redfish", "ipmi", 0);
        check.contained("package", "psys");
        check.contained("gpu", "module");
        check.contained("module", "node");
        check.contained("node", "wall");
        check.parts();
        return check.verdicts;
    }

    private Optional<ScopeEnergy> find(String scope, String source) {
        return energies.stream()
                .filter(one -> one.scope().equals(scope) && one.source().equals(source))
                .findFirst();
    }

    private Optional<ScopeEnergy> any(String scope) {
        return energies.stream().filter(one -> one.scope().equals(scope)).findFirst();
    }

    private void same(String scope, String first, String second, double correlation) {
        Optional<ScopeEnergy> a = find(scope, first);
        Optional<ScopeEnergy> b = find(scope, second);
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        double difference = a.get().energyJ() - b.get().energyJ();
        double sigma = sigma(a.get(), b.get(), correlation);
        double z = difference / sigma;
        String what = first + " against " + second + " (" + scope + ")";
        List<ScopeEnergy> both = List.of(a.get(), b.get());
        if (Math.abs(z) > CONTRADICTS) {
            add(what, both, CrossVerdict.Outcome.CONTRADICT, difference, sigma, "one of them is wrong by this much");
        } else {
            agree(
                    what,
                    both,
                    difference,
                    sigma,
                    Math.abs(z) <= CONSISTENT,
                    Math.max(a.get().energyJ(), b.get().energyJ()));
        }
    }

    private void contained(String inner, String outer) {
        Optional<ScopeEnergy> a = any(inner);
        Optional<ScopeEnergy> b = any(outer);
        if (a.isPresent() && b.isPresent()) {
            inside(List.of(a.get()), inner, b.get());
        }
    }

    /** GPUs, packages and memory within the machine. */
    private void parts() {
        Optional<ScopeEnergy> node = any("node").or(() -> any("wall"));
        List<ScopeEnergy> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String scope : List.of("gpu", "package", "dram")) {
            any(scope).ifPresent(part -> {
                parts.add(part);
                names.add(scope);
            });
        }
        if (node.isPresent() && !names.isEmpty()) {
            inside(parts, String.join(" + ", names), node.get());
        }
    }

    private void inside(List<ScopeEnergy> parts, String name, ScopeEnergy outer) {
        double excess = -outer.energyJ();
        double variance = Math.pow(outer.sigmaJ(), 2);
        for (ScopeEnergy part : parts) {
            excess += part.energyJ();
            variance += Math.pow(part.sigmaJ(), 2);
        }
        double sigma = Math.sqrt(variance);
        String what = name + " within " + outer.scope() + " (" + outer.source() + ")";
        List<ScopeEnergy> all = new ArrayList<>(parts);
        all.add(outer);
        if (excess / sigma > CONTAINED) {
            add(what, all, CrossVerdict.Outcome.CONTRADICT, excess, sigma, "the parts draw more than the whole");
        } else {
            agree(what, all, excess, sigma, true, outer.energyJ());
        }
    }

    private void agree(
            String what, List<ScopeEnergy> of, double difference, double sigma, boolean near, double energyJ) {
        boolean tells = seconds >= LEAST_S && IntervalEnergy.K95 * sigma <= TELLING * energyJ;
        if (tells && near) {
            add(what, of, CrossVerdict.Outcome.CONSISTENT, difference, sigma, "");
        } else {
            add(
                    what,
                    of,
                    CrossVerdict.Outcome.CANNOT_SAY,
                    difference,
                    sigma,
                    seconds < LEAST_S
                            ? String.format(Locale.ROOT, "shorter than %.0f s", LEAST_S)
                            : near ? "their intervals are too wide to tell" : "between agreement and contradiction");
        }
    }

    private void add(
            String what,
            List<ScopeEnergy> of,
            CrossVerdict.Outcome outcome,
            double difference,
            double sigma,
            String why) {
        List<String> figures = of.stream().map(CrossVerdict::name).toList();
        verdicts.add(new CrossVerdict(what, figures, outcome, difference, sigma, why));
    }

    private static double sigma(ScopeEnergy a, ScopeEnergy b, double correlation) {
        double variance = Math.pow(a.sigmaJ(), 2) + Math.pow(b.sigmaJ(), 2) - 2 * correlation * a.sigmaJ() * b.sigmaJ();
        return Math.sqrt(variance);
    }
}
