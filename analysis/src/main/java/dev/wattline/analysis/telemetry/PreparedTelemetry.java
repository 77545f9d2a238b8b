package dev.wattline.analysis.telemetry;

import dev.wattline.analysis.clock.Lag;
import dev.wattline.analysis.clock.LagEstimator;
import dev.wattline.analysis.clock.ZoneInference;
import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.sensor.UpdatePeriod;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.GpuSum;
import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.series.SteadySources;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.model.SensorTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The telemetry made ready: the field chosen, stamps in UTC as far as they can be, each card's sensor settled. */
public final class PreparedTelemetry {
    private static final long PROBE_BYTES = 1 << 20;
    private static final double WALL_MOVES = 1.2; // highest over lowest reading: more than an idle machine does
    private static final double UNMEASURED_OFFSET_SIGMA_S = 0.5; // of a recorded offset without its round trip

    private final AnalysisRequest request;
    private final @Nullable WallSeries wall;
    private final List<String> warnings;
    private final PowerLog log;
    private final String field;
    private final List<Gpu> gpus = new ArrayList<>();
    private final PollStats polls;
    private @Nullable Integer tzOffsetMin;
    private String zoneText = "";
    private String zoneSource = "none";
    private boolean secondPass;
    private Lag lag = lagless("there is no analyzer's log to compare with");

    /**
     * One GPU with its readings.
     *
     * @param log what the log has of it
     * @param name the card's name, empty if not known
     * @param series its readings
     * @param polls its polls
     * @param model its sensor
     * @param card its gain and offset
     * @param changes how often its reading changed
     * @param stuck whether it hardly changed although the load did
     */
    public record Gpu(
            DeviceLog log,
            String name,
            PowerSeries series,
            PollStats polls,
            SensorModel model,
            Calibration card,
            int changes,
            boolean stuck) {
        public String key() {
            return log.key().isEmpty() ? "gpu" : log.key();
        }
    }

    private PreparedTelemetry(AnalysisRequest request, Path smi, @Nullable WallSeries wall, List<String> warnings) {
        this.request = request;
        this.wall = wall;
        this.warnings = warnings;
        ZoneId zone = zone();
        LogInput.Options options = LogInput.Options.all(zone).withColumns(request.columns());
        this.field = request.field().isEmpty() ? preferred(smi, options) : request.field();
        this.log = PowerLogs.read(smi, options.withFields(List.of(field)));
        if (log.origin().scope() == Scope.NODE || log.origin().scope() == Scope.PACKAGE) {
            throw new AnalysisInputException(
                    smi + ": holds the power of a " + log.origin().scope().word() + " ("
                            + log.origin().form() + "), which is not a GPU's",
                    log.origin().scope() == Scope.NODE
                            ? "Give it with --spl, as the wall's side, and a log of the GPUs with --smi."
                            : "Give a log of the GPUs.");
        }
        for (DeviceLog gpu : log.devices()) {
            PowerSeries series = gpu.series(field);
            if (series == null || series.size() < 2) {
                warnings.add("GPU " + gpu.key() + " has no readings of " + field + " and is left out.");
            } else {
                gpus.add(settle(gpu, series));
            }
        }
        if (gpus.isEmpty()) {
            throw log.withoutReadings(smi.toString(), field);
        }
        this.polls = PollStats.of(gpus.stream().map(Gpu::series).toList());
        if (log.clock().own()) {
            zoneText = "UTC";
            zoneSource = "log";
            tzOffsetMin = 0;
        } else if (zone != null) {
            zoneText = zone.getId();
            zoneSource = request.zone() != null ? "user" : "session";
            tzOffsetMin = zone.getRules()
                            .getOffset(Instant.ofEpochMilli(
                                    (long) gpus.get(0).series.firstMs()))
                            .getTotalSeconds()
                    / 60;
        }
    }

    private @Nullable ZoneId zone() {
        return request.zone() != null ? request.zone() : request.recordedZone();
    }

    /** Reads the log and settles zone and lag against the analyzer, if there is one. */
    public static PreparedTelemetry read(
            AnalysisRequest request, Path smi, @Nullable WallSeries wall, List<String> warnings) {
        PreparedTelemetry telemetry = new PreparedTelemetry(request, smi, wall, warnings);
        telemetry.settleClocks();
        boolean placed = wall != null && telemetry.unplaced().isEmpty();
        warnings.addAll(new FrozenStretches(placed ? wall : null, 1e3 * telemetry.lagS()).remove(telemetry.gpus()));
        return telemetry;
    }

    /** The field that sees most: the average where the card has it, else what it calls power. */
    private static String preferred(Path smi, LogInput.Options options) {
        PowerLog head = PowerLogs.read(smi, options.withLimit(PROBE_BYTES));
        for (String wanted : DeviceLog.MOST_SEEN_FIRST) {
            if (head.devices().stream().anyMatch(gpu -> gpu.series(wanted) != null)) {
                return wanted;
            }
        }
        return head.fields().get(0);
    }

    private Gpu settle(DeviceLog gpu, PowerSeries series) {
        String name = !gpu.name().isEmpty() ? gpu.name() : recordedName(gpu);
        String driver = request.meta() == null ? "" : request.meta().driver();
        PollStats own = PollStats.of(series);
        UpdatePeriod period = PeriodDetector.detect(series, own.medianMs(), SensorTable.periods(name, field, driver));
        CardCalibrations cards = request.calibrations();
        SensorModel model = log.origin().counters().contains(field)
                ? SensorModel.counter(period, own.medianMs())
                : SensorModel.resolve(
                        cards.sensor(gpu.key(), gpu.index(), name, field).orElse(null),
                        period,
                        SensorTable.find(name, field, driver),
                        field);
        Calibration card = cards.calibration(gpu.key(), gpu.index(), name, field)
                .orElse(log.origin().scope() == Scope.GPU ? Calibration.PRIOR : Calibration.UNKNOWN_KIND);
        return new Gpu(gpu, name, series, own, model, card, gpu.changes(field), isStuck(gpu, series));
    }

    private String recordedName(DeviceLog gpu) {
        if (!request.card().isEmpty() || request.meta() == null) {
            return request.card();
        }
        for (TelemetryMeta.Card card : request.meta().cards()) {
            boolean only = request.meta().cards().size() == 1 && gpu.key().isEmpty();
            if (only || card.uuid().equals(gpu.key()) || (card.index() >= 0 && card.index() == gpu.index())) {
                return card.name();
            }
        }
        return "";
    }

    private boolean isStuck(DeviceLog gpu, PowerSeries series) {
        boolean still = gpu.changes(field) < 2 && StuckReading.isStill(gpu, field, series);
        return StuckReading.isStuck(gpu, field, series) || (still && wallMoves());
    }

    private boolean wallMoves() {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int i = 0; wall != null && i < wall.size(); i++) {
            if (!Double.isNaN(wall.watts(i))) {
                low = Math.min(low, wall.watts(i));
                high = Math.max(high, wall.watts(i));
            }
        }
        return high > WALL_MOVES * low;
    }

    private void settleClocks() {
        if (wall == null) {
            if (zoneSource.equals("none")) {
                warnings.add("The zone of the nvidia-smi stamps is not known: times are the SUT's local time.");
            }
            return;
        }
        if (!zoneSource.equals("none")) {
            lag = estimate(0);
            if (!lag.accepted() && log.clock().ambiguousHour() && log.clock().folds() == 0) {
                trySecondPass(Objects.requireNonNull(zone()));
            }
            return;
        }
        double first =
                gpus.stream().mapToDouble(gpu -> gpu.series.firstMs()).min().orElseThrow();
        double last =
                gpus.stream().mapToDouble(gpu -> gpu.series.lastMs()).max().orElseThrow();
        List<Integer> candidates = ZoneInference.candidates(first, last, wall.firstMs(), wall.lastMs());
        Integer chosen = choose(candidates);
        if (chosen == null) {
            lag = lagless(
                    candidates.isEmpty()
                            ? "the logs do not overlap at any zone's offset"
                            : "the logs fit together at several zones' offsets: " + candidates + " min");
            warnings.add("The zone could not be inferred: " + lag.reason() + ". Give it with --smi-zone.");
            return;
        }
        int real = ZoneInference.nearestInUse(chosen, Instant.ofEpochMilli(Math.round(wall.firstMs())));
        if (real != chosen) {
            double ahead = (chosen - real) * 60.0;
            warnings.add(String.format(
                    Locale.ROOT,
                    "No zone has the offset %s that the logs show: it is taken as %s with the SUT's clock %.0f min %s.",
                    ZoneInference.text(chosen),
                    ZoneInference.text(real),
                    Math.abs(ahead) / 60,
                    ahead > 0 ? "ahead" : "behind"));
            lag = lag.plus(ahead);
        }
        tzOffsetMin = real;
        zoneText = ZoneInference.text(real);
        zoneSource = "inferred";
        log.devices().forEach(gpu -> gpu.shift(-real * 60_000L));
        rebase();
    }

    /** A log that lies wholly in an hour that local time has twice has no jump to tell which: the analyzer's log tells. */
    private void trySecondPass(ZoneId zone) {
        long first = Math.round(
                gpus.stream().mapToDouble(gpu -> gpu.series.firstMs()).min().orElseThrow());
        long last = Math.round(
                gpus.stream().mapToDouble(gpu -> gpu.series.lastMs()).max().orElseThrow());
        ZoneOffsetTransition end = zone.getRules().nextTransition(Instant.ofEpochMilli(last));
        if (end == null || !end.isOverlap()) {
            return;
        }
        long hour = -end.getDuration().toMillis();
        long change = end.getInstant().toEpochMilli();
        Lag later = first + hour >= change && last < change ? estimate((double) hour) : lag;
        if (later.accepted()) {
            lag = later;
            secondPass = true;
            tzOffsetMin = end.getOffsetAfter().getTotalSeconds() / 60;
            log.devices().forEach(gpu -> gpu.shift(hour));
            rebase();
        }
    }

    /** Of several offsets the one whose lag is accepted with the least residual; null if none or two are. */
    private @Nullable Integer choose(List<Integer> candidates) {
        Integer best = null;
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int minutes : candidates) {
            Lag tried = estimate(-minutes * 60_000.0);
            if (candidates.size() == 1) {
                lag = tried;
                return minutes;
            }
            double residual = tried.accepted() ? least(tried) : Double.POSITIVE_INFINITY;
            if (residual < least) {
                second = least;
                least = residual;
                best = minutes;
                lag = tried;
            } else {
                second = Math.min(second, residual);
            }
        }
        return second >= 1.5 * least ? best : null;
    }

    private static double least(Lag lag) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < lag.profile().size(); i++) {
            least = Math.min(least, lag.profile().y(i));
        }
        return least;
    }

    /** The updates' phase was found before the stamps moved: find it again in UTC. */
    private void rebase() {
        for (int i = 0; i < gpus.size(); i++) {
            gpus.set(i, settle(gpus.get(i).log, gpus.get(i).series));
        }
    }

    private Lag estimate(double moveMs) {
        WallSeries analyzer = java.util.Objects.requireNonNull(wall);
        List<Integer> steady = SteadySources.of(gpus.stream().map(Gpu::series).toList());
        double[] moves = steady.stream()
                .mapToDouble(k -> moveMs - gpus.get(k).model.centreShiftMs())
                .toArray();
        Polyline sum;
        try {
            sum = GpuSum.of(steady.stream().map(k -> gpus.get(k).series).toList(), moves);
        } catch (IllegalArgumentException e) {
            return lagless(String.valueOf(e.getMessage()));
        }
        return LagEstimator.estimate(analyzer, sum, request.maxLagS(), pollS(), unseenS(), request.seed());
    }

    /** The interval of the slowest GPU's readings in s. */
    private double pollS() {
        return gpus.stream().mapToDouble(gpu -> gpu.polls.medianMs()).max().orElse(0) / 1e3;
    }

    /** The uncertainty of when a reading was taken that all readings share, in s. */
    private double unseenS() {
        double unseen = 0;
        double unknown = 0;
        for (Gpu gpu : gpus) {
            double step = gpu.model.stepMs(gpu.polls.medianMs()) / 1e3;
            double coverage = gpu.model.coverage(gpu.polls.medianMs());
            unseen = Math.max(unseen, 0.15 * step * (1 - coverage) + gpu.model.periodMs() / 2e3);
            unknown = Math.max(unknown, gpu.model.lagSigmaS());
        }
        return Math.hypot(unseen, unknown);
    }

    private static Lag lagless(String reason) {
        return Lag.refused(0, reason);
    }

    /** Offset of the SUT's clock as it was recorded, in s; NaN if it was not. */
    double recordedOffsetS() {
        Double offset = request.meta() == null ? null : request.meta().clockOffsetMs();
        return offset == null ? Double.NaN : offset / 1e3;
    }

    public PowerLog log() {
        return log;
    }

    public String field() {
        return field;
    }

    public List<Gpu> gpus() {
        return gpus;
    }

    public PollStats polls() {
        return polls;
    }

    /** Mean of the gains that are assumed of the cards. */
    public double meanGain() {
        return gpus.stream().mapToDouble(gpu -> gpu.card().gain()).average().orElse(1);
    }

    public Lag lag() {
        return lag;
    }

    /**
     * Why it is not known where a time of the run lies in this log; empty where it is. Without analyzer the run's times
     * are those of the log itself, unless somebody else gave them and the log's zone is not known.
     */
    public String unplaced() {
        if (wall == null) {
            return !request.phases().isEmpty() && zoneSource.equals("none")
                    ? "the zone of the nvidia-smi stamps is not known, and the phases are given in another clock"
                    : "";
        }
        return lag.accepted() || !Double.isNaN(recordedOffsetS())
                ? ""
                : "where the window lies in the nvidia-smi log is not known: no lag between the clocks was found ("
                        + lag.reason() + ")";
    }

    /** How far the SUT's clock is taken to be ahead, in s: what was found, else what was recorded, else nothing. */
    public double lagS() {
        double recorded = recordedOffsetS();
        return lag.accepted() ? lag.seconds() : Double.isNaN(recorded) ? 0 : recorded;
    }

    /** Standard uncertainty of that in s; 0 without an analyzer, whose clock is then in no figure. */
    public double lagSigmaS() {
        if (wall == null) {
            return 0;
        }
        if (lag.accepted()) {
            return lag.sigma();
        }
        Double uncertainty = request.meta() == null ? null : request.meta().clockOffsetUncertaintyMs();
        return uncertainty == null ? UNMEASURED_OFFSET_SIGMA_S : Math.hypot(uncertainty / 1e3, unseenS());
    }

    public String lagMethod() {
        if (lag.accepted()) {
            return "xcorr+huber";
        }
        return Double.isNaN(recordedOffsetS()) ? "none" : "recorded";
    }

    @Nullable
    public Integer tzOffsetMin() {
        return tzOffsetMin;
    }

    public String zoneText() {
        return zoneText;
    }

    public String zoneSource() {
        return zoneSource;
    }

    /** Whether the analyzer's log put all stamps into the second pass of an hour that local time has twice. */
    boolean secondPass() {
        return secondPass;
    }
}
