package dev.wattline.analysis.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way from the GPUs to the wall: what each part and each whole used, what of it was measured, what was inferred, and
 * what nobody saw.
 *
 * @param layers from the inside to the outside
 */
public record PowerStack(List<Layer> layers) {
    private static final String NOBODY = "no source of this run reads it";

    public PowerStack {
        layers = List.copyOf(layers);
    }

    /** How a layer's figure came to be. */
    public enum Basis {
        /** A source read it. */
        MEASURED,
        /** A calibration says it, or it is the difference of two others. */
        INFERRED,
        /** There is no figure. */
        NOT_SEEN;

        /** As it stands in files and on pages. */
        public String word() {
            return this == NOT_SEEN ? "not seen" : name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A part, or a whole that holds all before it.
     *
     * @param name what it is
     * @param whole whether it holds all layers before it
     * @param basis how its figure came to be
     * @param by the source, the calibration, or the difference; empty where not seen
     * @param energyJ estimate in J; NaN where not seen
     * @param sigmaJ its standard uncertainty in J; NaN where not seen
     * @param why what is to be said of it; may be empty
     */
    public record Layer(String name, boolean whole, Basis basis, String by, double energyJ, double sigmaJ, String why) {
        /** Whether there is a figure. */
        public boolean isKnown() {
            return basis != Basis.NOT_SEEN;
        }

        /** Half of the 95 % interval in J. */
        public double halfWidthJ() {
            return IntervalEnergy.K95 * sigmaJ;
        }
    }

    /** Of the sources' figures, each scope's by the source with the narrowest interval. */
    public static PowerStack of(EnergyStatement statement) {
        List<Layer> layers = new ArrayList<>();
        boolean module = best(statement, "module").isPresent();
        for (String scope : module ? List.of("module") : List.of("gpu", "package", "dram")) {
            layers.add(part(statement, scope));
        }
        Optional<Layer> node = best(statement, "node").map(found -> measured(found, "node", true));
        Optional<Layer> wall = wall(statement);
        node.ifPresent(whole -> whole(layers, whole, "rest of the node"));
        if (wall.isPresent()) {
            whole(layers, wall.get(), node.isPresent() ? "losses of the supplies" : "rest of the machine");
        } else {
            layers.add(notSeen("wall", true, "no meter at the wall, and no calibration"));
        }
        return new PowerStack(layers);
    }

    private static Layer part(EnergyStatement statement, String scope) {
        String name = name(scope);
        return best(statement, scope)
                .map(found -> measured(found, name, false))
                .orElseGet(() -> notSeen(
                        name,
                        false,
                        statement.energies().stream()
                                .filter(one -> one.scope().equals(scope))
                                .map(one -> one.source() + ": " + one.why())
                                .findFirst()
                                .orElse(NOBODY)));
    }

    private static String name(String scope) {
        return switch (scope) {
            case "gpu" -> "GPUs";
            case "package" -> "processors";
            case "dram" -> "memory";
            default -> scope;
        };
    }

    private static Optional<Layer> wall(EnergyStatement statement) {
        return best(statement, "wall")
                .map(found -> measured(found, "wall", true))
                .or(() -> statement
                        .wall()
                        .map(by -> new Layer(
                                "wall",
                                true,
                                Basis.INFERRED,
                                by.prediction().method() + " by " + by.calibration(),
                                by.prediction().joules(),
                                by.prediction().halfWidthJ() / IntervalEnergy.K95,
                                "")));
    }

    private static Optional<ScopeEnergy> best(EnergyStatement statement, String scope) {
        return statement.energies().stream()
                .filter(one -> one.isKnown() && one.scope().equals(scope))
                .min((a, b) -> Double.compare(a.sigmaJ(), b.sigmaJ()));
    }

    private static Layer measured(ScopeEnergy found, String name, boolean whole) {
        return new Layer(name, whole, Basis.MEASURED, found.source(), found.energyJ(), found.sigmaJ(), "");
    }

    private static Layer notSeen(String name, boolean whole, String why) {
        return new Layer(name, whole, Basis.NOT_SEEN, "", Double.NaN, Double.NaN, why);
    }

    /** Adds a whole, and before it what it has more than what it holds. */
    private static void whole(List<Layer> layers, Layer whole, String restName) {
        List<Layer> inside = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.isKnown() && layer.whole()) {
                inside.clear(); // it holds all before it
            }
            if (layer.isKnown()) {
                inside.add(layer);
            }
        }
        if (!inside.isEmpty()) {
            double energy = whole.energyJ();
            double variance = whole.sigmaJ() * whole.sigmaJ();
            for (Layer layer : inside) {
                energy -= layer.energyJ();
                variance += layer.sigmaJ() * layer.sigmaJ();
            }
            boolean parts = !inside.get(0).whole();
            String unseen = layers.stream()
                    .filter(layer -> !layer.isKnown())
                    .map(Layer::name)
                    .collect(Collectors.joining(", "));
            double sigma = Math.sqrt(variance);
            String why = energy + IntervalEnergy.K95 * sigma < 0
                    ? "what is inside is said to use more than the whole: one of the sources is wrong"
                    : parts
                            ? "with " + (unseen.isEmpty() ? "" : unseen + ", ") + "fans, disks, network, regulators"
                            : "";
            layers.add(new Layer(
                    restName,
                    false,
                    Basis.INFERRED,
                    whole.name() + " − " + inside.stream().map(Layer::name).collect(Collectors.joining(" − ")),
                    energy,
                    sigma,
                    why));
        }
        layers.add(whole);
    }
}
