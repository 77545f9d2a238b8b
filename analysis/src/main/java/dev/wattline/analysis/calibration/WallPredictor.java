package dev.wattline.analysis.calibration;

import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.analysis.stats.Stats;
import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Infers power at the wall by a calibration. The interval counts the fit, what the model's form is off by, what changes from
 * day to day and with age, what no source sees, use outside of the calibrated range, and the meter.
 */
public final class WallPredictor {
    private static final double CONTRADICTS = 2.8;

    private final PowerCalibration calibration;
    private final Use use;

    public WallPredictor(PowerCalibration calibration, Use use) {
        this.calibration = calibration;
        this.use = use;
    }

    /**
     * What it is used for.
     *
     * @param sameKind whether the load is one of those that were calibrated
     * @param months since the newest session
     * @param dayFactor by how much what changes from day to day is wider, as something of the machine changed; 1 if not
     * @param unseen what no source sees, in W, lowest and highest; empty for what is assumed
     */
    public record Use(boolean sameKind, double months, double dayFactor, Optional<Range> unseen) {
        /** Another load than those calibrated, at once. */
        public static final Use OTHER = new Use(false, 0, 1, Optional.empty());
    }

    /** From one power to another, in W. */
    public record Range(double low, double high) {}

    /** One way to the power: the sessions' estimates, and the terms of the uncertainty as variances. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Way(String name, double[] estimates, Map<String, Double> variances, List<String> told) {
        double watts() {
            return Stats.mean(estimates);
        }

        double variance() {
            return variances.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * The mean power from one second of the grid up to, not including, another.
     *
     * @return empty where the sources do not allow it
     * @throws CalibrationRefusedException if the load is outside of what was calibrated, or the calibration is too old
     */
    public Optional<WallPrediction> predict(PowerGrid grid, int from, int to) {
        if (use.months() > Assumed.OLDEST_MONTHS) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-old",
                                    String.format(Locale.ROOT, "the calibration is %.0f months old", use.months()))
                            .with("age in months", use.months())
                            .limit("at most " + Assumed.OLDEST_MONTHS + " months"),
                    "Add a session with 'wattline calibrate --add', or look with 'wattline calibration check'.");
        }
        Optional<Way> model = Arrays.stream(CpuSight.values())
                .map(cpu -> byModel(grid, from, to, cpu))
                .flatMap(Optional::stream)
                .findFirst();
        Optional<Way> node = byNode(grid, from, to);
        if (model.isPresent() && node.isPresent()) {
            // What sees no processor says nothing beside what sees all.
            return Optional.of(
                    model.get().name().equals("gpu")
                            ? single(node.get(), to - from)
                            : joined(model.get(), node.get(), to - from));
        }
        return model.or(() -> node).map(way -> single(way, to - from));
    }

    private WallPrediction single(Way way, int seconds) {
        return prediction(way, seconds, way.watts(), Math.sqrt(way.variance()), way.name(), false, List.of());
    }

    private WallPrediction prediction(
            Way way, int seconds, double watts, double sigma, String name, boolean contradicts, List<String> more) {
        Map<String, Double> terms = new LinkedHashMap<>();
        way.variances().forEach((term, variance) -> terms.put(term, Math.sqrt(variance)));
        List<String> told = new ArrayList<>(way.told());
        told.addAll(more);
        if (!calibration.isPromise()) {
            told.add("day-to-day change assumed, not measured: all sessions are of one day");
        }
        if (use.months() >= 0.5) {
            told.add(String.format(
                    Locale.ROOT,
                    "the calibration is %.1f months old, for which ±%.2f %% were added",
                    use.months(),
                    196 * Assumed.AGE_SHARE_A_MONTH * Math.sqrt(use.months())));
        }
        return new WallPrediction(seconds, watts, sigma, name, terms, told, contradicts, calibration.isPromise());
    }

    /** Two estimates whose errors are correlated, by the weights of least variance; wider where they disagree. */
    private WallPrediction joined(Way model, Way node, int seconds) {
        double a = model.variance();
        double b = node.variance();
        double c = Assumed.MODEL_NODE_CORRELATION * Math.sqrt(a * b);
        double weight = Math.max(0, Math.min(1, (b - c) / (a + b - 2 * c)));
        double watts = weight * model.watts() + (1 - weight) * node.watts();
        double sigma = Math.sqrt(weight * weight * a + (1 - weight) * (1 - weight) * b + 2 * weight * (1 - weight) * c);
        double difference = model.watts() - node.watts();
        double z = Math.abs(difference) / Math.sqrt(a + b - 2 * c);
        String name = model.name() + "+" + node.name();
        if (z > CONTRADICTS) {
            // Nothing tells which of them is right: the interval reaches over both.
            double low = Math.min(model.watts() - 1.96 * Math.sqrt(a), node.watts() - 1.96 * Math.sqrt(b));
            double high = Math.max(model.watts() + 1.96 * Math.sqrt(a), node.watts() + 1.96 * Math.sqrt(b));
            return prediction(
                    model,
                    seconds,
                    (low + high) / 2,
                    (high - low) / 2 / 1.96,
                    name,
                    true,
                    List.of(String.format(
                            Locale.ROOT,
                            "%s says %.0f W and %s %.0f W: they contradict each other, and the interval spans both",
                            model.name(),
                            model.watts(),
                            node.name(),
                            node.watts())));
        }
        return prediction(model, seconds, watts, sigma * Math.max(1, z), name, false, List.of());
    }

    /** Sessions that disagree at this very load widen what changes from day to day; that two agree may be chance. */
    private static double dayVariance(double[] estimates, double assumed) {
        int n = estimates.length;
        if (n == 1) {
            return assumed;
        }
        double mean = Stats.mean(estimates);
        double squares =
                Arrays.stream(estimates).map(p -> (p - mean) * (p - mean)).sum();
        // What is assumed counts as one session more.
        return Math.max(assumed, (assumed + squares) / n * (1 + 1.0 / n));
    }

    private double day(double watts, double top, double share) {
        double factor = use.dayFactor() * (calibration.quick() ? 1.5 : 1);
        double once = sq(Assumed.DAY_SHARE * watts) + sq(share * top);
        return factor * factor * once + sq(Assumed.AGE_SHARE_A_MONTH * watts) * use.months();
    }

    private Optional<Way> byModel(PowerGrid grid, int from, int to, CpuSight cpu) {
        List<WallModel> models = calibration.sessions().stream()
                .flatMap(session -> session.models().stream())
                .filter(model -> model.cpu() == cpu && model.fits(grid))
                .filter(model -> cpu != CpuSight.NONE || !Double.isNaN(model.cpuSpanW()))
                .toList();
        double[] estimates = new double[models.size()];
        double fit = 0;
        double structural = 0;
        double past = 0;
        double top = 0;
        double topSum = 0;
        double lowSum = Double.POSITIVE_INFINITY;
        double cpuWatts = 0;
        double span = 0;
        double sum = 0;
        for (int i = 0; i < models.size(); i++) {
            WallModel model = models.get(i);
            double[] sums = model.columns().sum(grid);
            // Before the first second lies anything from idle to what is drawn then.
            boolean begins = from == 0 && sums.length > 0;
            double before = begins ? (model.lowSumW() + sums[0]) / 2 : Double.NaN;
            double[] x = Regressors.mean(model.columns().columns(grid, before), from, to);
            if (x.length == 0) {
                return Optional.empty();
            }
            estimates[i] = model.at(x);
            int n = models.size();
            fit += model.variance(x) / n / n;
            structural += sq(model.structuralSdW()) / n;
            past += begins ? sq(model.pastWeight(to - from) * (sums[0] - model.lowSumW())) / 12 / n : 0;
            top = Math.max(top, model.topWallW());
            topSum = Math.max(topSum, model.topSumW());
            lowSum = Math.min(lowSum, model.lowSumW());
            cpuWatts += model.cpuWatts(x) / n;
            span += cpu == CpuSight.NONE ? model.cpuSpanW() / n : 0;
            sum = Regressors.mean(new double[][] {sums}, from, to)[0];
        }
        if (models.isEmpty()) {
            return Optional.empty();
        }
        boolean memory = models.get(0).columns().memory();
        List<String> told = new ArrayList<>();
        double shift = 0;
        Map<String, Double> variances = new LinkedHashMap<>();
        variances.put("fit", fit + past);
        variances.put("form", structural);
        if (!use.sameKind()) {
            double seenW = Stats.mean(estimates);
            double halfWidth = Math.sqrt(3) * Assumed.UNSEEN_SIGMA * seenW;
            double middle = Assumed.UNSEEN_SHARE * seenW;
            Range unseen = use.unseen().orElse(new Range(middle - halfWidth, middle + halfWidth));
            shift += (unseen.low() + unseen.high()) / 2;
            variances.put(
                    "unseen", sq(unseen.high() - unseen.low()) / 12 + (memory ? 0 : sq(Assumed.MEMORY_SIGMA * top)));
            if (cpu == CpuSight.OS) {
                shift -= Assumed.ACTIVITY_SHARE * cpuWatts;
                variances.put("activity", sq(Assumed.ACTIVITY_SIGMA * cpuWatts));
            }
        }
        if (cpu == CpuSight.NONE) {
            shift += span / 2; // anything from idle to full, and the interval reaches over both
            variances.put("processors", sq(Assumed.UNKNOWN_CPU_SIGMA * span));
            told.add("no source sees the processors: this is no promise; add the source os or rapl");
        }
        double moved = shift;
        estimates = Arrays.stream(estimates).map(p -> p + moved).toArray();
        double watts = Stats.mean(estimates);
        variances.put("day", dayVariance(estimates, day(watts, top, Assumed.DAY_OF_TOP)));
        double beyond = Math.max(0, Math.max(sum - topSum, lowSum - sum));
        if (beyond > Assumed.OUTSIDE_MOST * topSum) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-outside",
                                    String.format(
                                            Locale.ROOT,
                                            "the sources show %.0f W, and %.0f to %.0f W were calibrated",
                                            sum,
                                            lowSum,
                                            topSum))
                            .with("sources in W", sum)
                            .with("calibrated from W", lowSum)
                            .with("calibrated to W", topSum),
                    "Calibrate with loads as high as this one.");
        }
        if (beyond > 0) {
            variances.put("outside", sq(Assumed.OUTSIDE_SHARE * beyond));
            told.add(String.format(Locale.ROOT, "%.0f W outside the calibrated range", beyond));
        }
        variances.put("meter", calibration.meter().variance(watts));
        String name = (grid.has(Seen.GPU) ? "gpu" : "")
                + (cpu == CpuSight.NONE
                        ? ""
                        : (grid.has(Seen.GPU) ? "+" : "") + (cpu == CpuSight.RAPL ? "rapl" : "os"));
        return Optional.of(new Way(name, estimates, variances, told));
    }

    private Optional<Way> byNode(PowerGrid grid, int from, int to) {
        for (NodeReadings readings : grid.nodes()) {
            List<NodeModel> models = calibration.sessions().stream()
                    .flatMap(session -> session.nodes().stream())
                    .filter(model -> model.source().equals(readings.source())
                            && model.entity().equals(readings.entity()))
                    .toList();
            if (models.isEmpty()) {
                continue;
            }
            double[] estimates = new double[models.size()];
            double fit = 0;
            double structural = 0;
            double edge = 0;
            double top = 0;
            double low = Double.POSITIVE_INFINITY;
            int n = models.size();
            for (int i = 0; i < n; i++) {
                NodeModel model = models.get(i);
                NodeWindow window = NodeWindow.of(model, readings, from, to);
                if (window.isEmpty()) {
                    return Optional.empty();
                }
                estimates[i] = window.watts();
                fit += model.variance(window.watts()) / n / n;
                structural += sq(model.structuralSdW()) / n;
                edge += window.variance() / n;
                top = Math.max(top, model.topWallW());
                low = Math.min(low, model.lowWallW());
            }
            double watts = Stats.mean(estimates);
            Map<String, Double> variances = new LinkedHashMap<>();
            variances.put("fit", fit);
            variances.put("form", structural);
            variances.put("edges", edge);
            variances.put("day", dayVariance(estimates, day(watts, top, Assumed.NODE_DAY_OF_TOP)));
            double beyond = Math.max(0, Math.max(watts - top, low - watts));
            List<String> told = new ArrayList<>();
            if (beyond > Assumed.OUTSIDE_MOST * top) {
                throw new CalibrationRefusedException(
                        Finding.of(
                                        "calibration-outside",
                                        String.format(
                                                Locale.ROOT,
                                                "%s shows %.0f W, and %.0f to %.0f W were calibrated",
                                                readings.source(),
                                                watts,
                                                low,
                                                top))
                                .with("of", readings.source())
                                .with("sources in W", watts)
                                .with("calibrated from W", low)
                                .with("calibrated to W", top),
                        "Calibrate with loads as high as this one.");
            }
            if (beyond > 0) {
                variances.put("outside", sq(Assumed.OUTSIDE_SHARE * beyond));
                told.add(String.format(Locale.ROOT, "%.0f W outside the calibrated range", beyond));
            }
            variances.put("meter", calibration.meter().variance(watts));
            return Optional.of(new Way(readings.source(), estimates, variances, told));
        }
        return Optional.empty();
    }

    private static double sq(double value) {
        return value * value;
    }
}
