package dev.wattline.analysis.statement;

import dev.wattline.analysis.clock.WallPairs;
import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.series.GpuSum;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.series.WallEnergy;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.CrossCorrelation;
import dev.wattline.analysis.stats.Stats;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import dev.wattline.analysis.wall.WallRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The analyzer's energy over the window, and wall power explained by the GPUs. */
public final class WallView {
    private static final double MAX_GAP_SHARE = 0.05; // of a GPU's time, for a share of the energy that has no interval
    private static final double MIN_SPREAD = 0.05;
    private static final double SMOOTHING = 0.5; // of the analyzer's interval
    private static final double LEAST_PAIRED =
            0.8; // of the window, for a share of its energy: a hole costs more than itself
    private static final double PLAUSIBLE_LOW = 1 / WallEvidence.MOST_OF_WALL;
    private static final double PLAUSIBLE_HIGH = 1 / WallEvidence.LEAST_OF_WALL;

    private final @Nullable WallSeries wall;
    private final @Nullable WallResult result;
    private final Interval contradictingGain;
    private final int[] residualIndex;
    private final double[] residuals;

    private WallView(
            @Nullable WallSeries wall,
            @Nullable WallResult result,
            Interval contradictingGain,
            int[] residualIndex,
            double[] residuals) {
        this.wall = wall;
        this.result = result;
        this.contradictingGain = contradictingGain;
        this.residualIndex = residualIndex;
        this.residuals = residuals;
    }

    public static WallView of(
            @Nullable WallSeries wall,
            @Nullable PreparedTelemetry telemetry,
            PhaseTable table,
            RunWindow window,
            List<String> warnings) {
        if (wall == null) {
            return new WallView(null, null, Interval.NONE, new int[0], new double[0]);
        }
        WallEnergy part = wall.energy(window.span().startMs(), window.span().endMs());
        if (part.coveredS() < 0.98 * window.span().seconds()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The analyzer's log covers %.1f of the window's %.1f s.",
                    part.coveredS(),
                    window.span().seconds()));
        }
        if (telemetry == null) {
            return new WallView(wall, bare(part, "there is no telemetry"), Interval.NONE, new int[0], new double[0]);
        }
        if (!telemetry.unplaced().isEmpty()) {
            return new WallView(wall, bare(part, telemetry.unplaced()), Interval.NONE, new int[0], new double[0]);
        }
        double[] moves = telemetry.gpus().stream()
                .mapToDouble(gpu -> -gpu.model().centreShiftMs() - telemetry.lagS() * 1e3)
                .toArray();
        List<PowerSeries> gpus =
                telemetry.gpus().stream().map(PreparedTelemetry.Gpu::series).toList();
        if (!GpuSum.haveCommonTime(gpus, moves)) {
            String apart = "there is no time at which all GPUs have readings";
            return new WallView(wall, bare(part, apart), Interval.NONE, new int[0], new double[0]);
        }
        WallPairs pairs = WallPairs.of(wall, GpuSum.of(gpus, moves), 0);
        boolean partial = telemetry.gpus().stream()
                .anyMatch(gpu -> gpu.model().coverage(gpu.polls().medianMs()) < 0.999);
        // A window about as long as the analyzer's seconds smooths what those show: a load that repeats within some
        // seconds
        // swings less in the readings than at the wall.
        boolean smooths =
                telemetry.gpus().stream().anyMatch(gpu -> gpu.model().trimWindowMs() > SMOOTHING * wall.medianMs());
        boolean blocks = partial || (smooths && pairs.size() / WallRegression.BLOCK >= WallRegression.MIN_PAIRS);
        int block = blocks ? WallRegression.BLOCK : 1;
        String objection = objection(pairs, block, telemetry);
        if (!objection.isEmpty()) {
            return new WallView(wall, bare(part, objection), Interval.NONE, new int[0], new double[0]);
        }
        WallRegression line = WallRegression.fit(pairs, block);
        double gaps = table.budgets(window.phase()).stream()
                .mapToDouble(PhaseBudget::gapShare)
                .max()
                .orElse(0);
        Share share = share(line, pairs, wall, window.span(), gaps);
        WallResult result = new WallResult(
                part.isKnown() ? part.joules() : Double.NaN,
                part.intervalJ(),
                part.meanW(),
                part.intervalW(),
                part.coveredS(),
                line.slope(),
                line.slopeCi(),
                line.intercept(),
                line.r2(),
                line.rms(),
                line.durbinWatson(),
                line.lag1(),
                line.maxCook(),
                block * wall.medianMs() / 1e3,
                line.pairs(),
                100 * share.ofWall(),
                share.ofWall() * part.joules(),
                true,
                share.reason());
        Interval gains = doubt(telemetry, line, warnings);
        return new WallView(wall, result, gains, pairs.index(), line.residuals(pairs));
    }

    private static String objection(WallPairs pairs, int block, PreparedTelemetry telemetry) {
        if (telemetry.gpus().stream().anyMatch(PreparedTelemetry.Gpu::stuck)) {
            return "a GPU's reading is stuck";
        }
        if (pairs.size() / block < WallRegression.MIN_PAIRS) {
            return "the logs share " + pairs.size() + " seconds, " + WallRegression.MIN_PAIRS * block + " are needed";
        }
        if (Stats.sd(pairs.gpuW()) < MIN_SPREAD * Stats.mean(pairs.gpuW())) {
            return "the GPUs' power hardly changes, so that no slope can be told";
        }
        return "";
    }

    /**
     * What share of the wall's energy follows the GPUs.
     *
     * @param ofWall the share, more than 0 and less than 1; NaN if none can be told
     * @param reason why not
     */
    private record Share(double ofWall, String reason) {}

    /** Both sides over the same seconds of the window. A share that leaves less than nothing for the rest is none. */
    private static Share share(WallRegression line, WallPairs pairs, WallSeries wall, Span span, double gaps) {
        double gpus = 0;
        double system = 0;
        double seconds = 0;
        for (int k = 0; k < pairs.size(); k++) {
            int i = pairs.index()[k];
            double length = Math.min(wall.endMs(i), span.endMs()) - Math.max(wall.startMs(i), span.startMs());
            if (length > 0) {
                gpus += length * pairs.gpuW()[k];
                system += length * pairs.wallW()[k];
                seconds += length / 1e3;
            }
        }
        if (gaps > MAX_GAP_SHARE || seconds < LEAST_PAIRED * span.seconds()) {
            return new Share(
                    Double.NaN,
                    String.format(
                            Locale.ROOT,
                            "no share of the energy: both logs cover %.0f of the window's %.0f s",
                            seconds,
                            span.seconds()));
        }
        double share = line.slope() * gpus / system;
        if (line.intercept() < 0 || !(share > 0 && share < 1)) {
            return new Share(
                    Double.NaN,
                    String.format(
                            Locale.ROOT,
                            "no share of the energy: the line leaves %.0f W for all but the GPUs (%.0f %% would follow"
                                    + " them), so the rest of the machine follows them too closely to be told apart, or"
                                    + " the run is too short",
                            line.intercept(),
                            100 * share));
        }
        return new Share(share, "");
    }

    /** The gains that the slope allows where the assumed one is not among them; {@link Interval#NONE} where it is. */
    private static Interval doubt(PreparedTelemetry telemetry, WallRegression line, List<String> warnings) {
        double gain = telemetry.meanGain();
        Interval slope = line.slopeCi();
        if (!slope.isKnown() || slope.low() <= 0) {
            return Interval.NONE; // a line that is as uncertain as that casts no doubt on a card
        }
        double low = PLAUSIBLE_LOW / slope.high();
        double high = PLAUSIBLE_HIGH / slope.low();
        if (gain < low || gain > high) {
            boolean calibrated =
                    telemetry.gpus().stream().noneMatch(gpu -> gpu.card().prior());
            warnings.add(String.format(
                    Locale.ROOT,
                    "The wall slope of %.3f fits a gain of %.2f to %.2f (supply 90 to 97 %%, CPU and fans following by up"
                            + " to 6 %%), not the %.3f that is %s.",
                    line.slope(),
                    low,
                    high,
                    gain,
                    calibrated
                            ? "in the calibration: look whether it is of these cards"
                            : "assumed: calibrate the cards"));
            return new Interval(low, high);
        }
        return Interval.NONE;
    }

    private static WallResult bare(WallEnergy part, String reason) {
        double nan = Double.NaN;
        return new WallResult(
                part.isKnown() ? part.joules() : nan,
                part.intervalJ(),
                part.meanW(),
                part.intervalW(),
                part.coveredS(),
                nan,
                Interval.NONE,
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                0,
                nan,
                nan,
                true,
                reason);
    }

    /** The cards' gains that the wall allows, where they exclude the one assumed; {@link Interval#NONE} where they do not. */
    public Interval contradictingGain() {
        return contradictingGain;
    }

    @Nullable
    public WallResult result() {
        return result;
    }

    /** Residual at each of the analyzer's values, NaN where there is none. */
    double[] residualsOver(int size) {
        double[] all = new double[size];
        Arrays.fill(all, Double.NaN);
        for (int k = 0; k < residuals.length; k++) {
            all[residualIndex[k]] = residuals[k];
        }
        return all;
    }

    public List<Double> residualByPhase(List<Span> spans) {
        List<Double> means = new ArrayList<>();
        for (Span span : spans) {
            double sum = 0;
            int n = 0;
            for (int k = 0; k < residuals.length && wall != null; k++) {
                int i = residualIndex[k];
                if (wall.startMs(i) >= span.startMs() && wall.endMs(i) <= span.endMs()) {
                    sum += residuals[k];
                    n++;
                }
            }
            means.add(n == 0 ? Double.NaN : sum / n);
        }
        return means;
    }

    /** Share of the residuals' variance by frequency, from the longest run that is a power of two. */
    public Curve residualSpectrum() {
        int n = Integer.highestOneBit(Math.max(1, residuals.length));
        if (n < 64 || wall == null) {
            return Curve.empty("frequency [Hz]", "share of variance");
        }
        double[] part = Arrays.copyOfRange(residuals, 0, n);
        double mean = Stats.mean(part);
        for (int i = 0; i < n; i++) {
            part[i] = (part[i] - mean) * 0.5 * (1 - Math.cos(2 * Math.PI * i / n));
        }
        var transform = CrossCorrelation.transform(part);
        double[] f = new double[n / 2 - 1];
        double[] share = new double[f.length];
        double total = 0;
        for (int k = 1; k < n / 2; k++) {
            f[k - 1] = k / (n * wall.medianMs() / 1e3);
            share[k - 1] = Math.pow(transform[k].getReal(), 2) + Math.pow(transform[k].getImaginary(), 2);
            total += share[k - 1];
        }
        for (int k = 0; k < share.length; k++) {
            share[k] /= total == 0 ? 1 : total;
        }
        return new Curve("frequency [Hz]", "share of variance", f, share);
    }
}
