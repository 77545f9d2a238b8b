package dev.wattline.analysis.study;

import dev.wattline.analysis.clock.ZoneInference;
import dev.wattline.analysis.energy.EnergyComparison;
import dev.wattline.analysis.energy.EnergyMethods;
import dev.wattline.analysis.energy.PhaseShiftStudy;
import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.Quality;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.sensor.MeterReader;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.sensor.UpdatePeriod;
import dev.wattline.analysis.sensor.WindowFit;
import dev.wattline.analysis.sensor.WindowFitter;
import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.statement.PhaseTable;
import dev.wattline.analysis.telemetry.LogQuality;
import dev.wattline.analysis.telemetry.StuckReading;
import dev.wattline.model.SensorTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the sensor behind each power column of a log: period from the samples, window, delay, gain and
 * offset against an external meter, and what the energy of a load would have been by each method.
 */
public final class SensorStudy {
    private final SensorRequest request;
    private final PowerLog log;
    private final @Nullable Polyline meter;
    private final List<String> warnings = new ArrayList<>();
    private String zone = "";
    private String zoneSource = "none";

    private SensorStudy(SensorRequest request) {
        this.request = request;
        this.log = PowerLogs.read(
                request.smi(), LogInput.Options.all(request.zone()).withColumns(request.columns()));
        warnings.add("Read as " + log.description() + ".");
        this.meter =
                request.reference() == null ? null : MeterReader.read(request.reference(), request.referenceStartMs());
        if (log.clock().own()) {
            zone = "UTC";
            zoneSource = "log";
        } else if (request.zone() != null) {
            zone = request.zone().getId();
            zoneSource = "user";
        } else if (meter != null) {
            infer(meter);
        } else {
            warnings.add("The zone of the stamps is not known: times are local. Period and window do not need it.");
        }
        warnings.addAll(log.complaints());
    }

    /**
     * Studies a log.
     *
     * @throws dev.wattline.analysis.series.AnalysisInputException if a file cannot be read or is not what it should be
     */
    public static SensorReport study(SensorRequest request) {
        return new SensorStudy(request).report();
    }

    /** What a study found, as entries for a calibration file; only columns whose fit was accepted and which nothing speaks against. */
    public static CardCalibrations calibrations(SensorReport report) {
        List<CardCalibrations.Entry> entries = new ArrayList<>();
        for (SensorReport.Sensor sensor : report.sensors()) {
            SensorReport.Window window = sensor.window();
            if (window != null && window.accepted() && sensor.noCalibration().isEmpty()) {
                // The regression's error knows nothing of the meter, so a percent and a watt and a half are the least.
                Calibration calibration = new Calibration(
                        window.gain(),
                        Math.max(window.gainSigma(), Calibration.DEFAULT_GAIN_SIGMA * window.gain()),
                        window.offsetW(),
                        Math.max(window.offsetSigmaW(), Calibration.DEFAULT_OFFSET_SIGMA_W),
                        false);
                entries.add(new CardCalibrations.Entry(
                        sensor.key().isEmpty() ? null : sensor.key(),
                        null,
                        null,
                        sensor.field(),
                        calibration,
                        window.identifiable() ? sensor.period().periodMs() : Double.NaN,
                        window.identifiable() ? window.windowMs() : Double.NaN,
                        0));
            }
        }
        return new CardCalibrations(report.smi(), false, entries);
    }

    private void infer(Polyline reference) {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (DeviceLog gpu : log.devices()) {
            for (String field : log.fields()) {
                PowerSeries series = gpu.series(field);
                if (series != null) {
                    first = Math.min(first, series.firstMs());
                    last = Math.max(last, series.lastMs());
                }
            }
        }
        List<Integer> found = ZoneInference.candidates(first, last, reference.firstMs(), reference.lastMs());
        if (found.size() == 1) {
            int minutes = found.get(0);
            log.devices().forEach(gpu -> gpu.shift(-minutes * 60_000L));
            zone = ZoneInference.text(minutes);
            zoneSource = "inferred";
        } else {
            warnings.add("The zone could not be inferred from the reference: "
                    + (found.isEmpty() ? "the logs do not overlap at any offset" : "several offsets fit: " + found)
                    + ". Give it with --smi-zone.");
        }
    }

    private SensorReport report() {
        List<SensorReport.Sensor> sensors = new ArrayList<>();
        List<PowerSeries> all = new ArrayList<>();
        List<String> stuck = new ArrayList<>();
        for (DeviceLog gpu : log.devices()) {
            for (String field : log.fields()) {
                PowerSeries series = gpu.series(field);
                if (series == null || series.size() < 2) {
                    warnings.add(field + " of GPU '" + gpu.key() + "' has no readings.");
                    continue;
                }
                SensorReport.Sensor sensor = sensor(gpu, field, series);
                sensors.add(sensor);
                all.add(series);
                if (sensor.stuck()) {
                    stuck.add(gpu.key().isEmpty() ? field : gpu.key() + " " + field);
                }
            }
        }
        if (sensors.isEmpty()) {
            throw log.withoutReadings(request.smi().toString(), String.join(", ", log.fields()));
        }
        Quality quality = LogQuality.of(log, PollStats.of(all), stuck);
        sensors = CalibrationCheck.judge(sensors);
        for (SensorReport.Sensor sensor : sensors) {
            if (!sensor.noCalibration().isEmpty()) {
                warnings.add("The gain and offset of " + sensor.field() + " are refused as a calibration: "
                        + sensor.noCalibration() + ".");
            }
        }
        return new SensorReport(
                SensorReport.SCHEMA,
                request.smi().toString(),
                zone,
                zoneSource,
                request.reference() == null ? "" : request.reference().toString(),
                quality,
                sensors,
                List.copyOf(warnings));
    }

    private SensorReport.Sensor sensor(DeviceLog gpu, String field, PowerSeries series) {
        String name = gpu.name().isEmpty() ? request.card() : gpu.name();
        boolean counter = log.origin().counters().contains(field);
        PollStats polls = PollStats.of(series);
        UpdatePeriod period = PeriodDetector.detect(series, polls.medianMs(), SensorTable.periods(name, field, ""));
        Optional<SensorTable.Entry> table = SensorTable.find(name, field, "");
        boolean stuck = StuckReading.isStuck(gpu, field, series);
        // What a stuck sensor reads says nothing of the card, whatever fits it.
        Polyline reference = stuck || zoneSource.equals("none") ? null : meter;
        WindowFit fit = reference == null ? null : WindowFitter.fit(series, period, reference);
        WindowFit accepted = fit != null && fit.accepted() ? fit : null;
        Seen seen =
                stuck ? Seen.NOTHING : counter ? new Seen(1, "counter") : Seen.of(fit, table, period, polls.medianMs());
        return new SensorReport.Sensor(
                gpu.key(),
                name,
                field,
                polls.medianMs(),
                gpu.changes(field),
                series.isWholeWatts(),
                stuck,
                period(stuck ? UpdatePeriod.stuck(period) : period),
                fit == null ? null : window(fit),
                table.map(SensorStudy::entry).orElse(null),
                seen.coverage(),
                seen.source(),
                reference == null
                        ? null
                        : energy(series, period, accepted, table, polls.medianMs(), reference, field, gpu.limitW()),
                accepted == null || reference == null
                        ? null
                        : phaseShift(period.periodMs(), accepted.windowMs(), reference),
                frozen(period, series, reference));
    }

    private static String frozen(UpdatePeriod period, PowerSeries series, @Nullable Polyline reference) {
        double frozen = reference == null
                ? 0
                : CalibrationCheck.frozenS(series, period.isUsable() ? period.periodMs() : 0, reference);
        return frozen == 0
                ? ""
                : String.format(
                        java.util.Locale.ROOT, "the reading stands still for %.1f s while the meter moves", frozen);
    }

    /**
     * How much of the time the polls see.
     *
     * @param coverage share of the time; NaN where it is not known
     * @param source where the window comes from
     */
    private record Seen(double coverage, String source) {
        static final Seen NOTHING = new Seen(Double.NaN, "unknown");

        /** By the window that was found, else by the table's. */
        static Seen of(@Nullable WindowFit fit, Optional<SensorTable.Entry> table, UpdatePeriod period, double pollMs) {
            double tabled = table.map(SensorTable.Entry::periodMs).orElse(Double.NaN);
            double step = Math.max(pollMs, period.isUsable() ? period.periodMs() : tabled);
            if (fit != null && fit.windowIdentifiable()) {
                return new Seen(Math.min(1, fit.windowMs() / step), "detected");
            }
            double window = table.map(SensorTable.Entry::windowMs).orElse(Double.NaN);
            return Double.isNaN(window) ? NOTHING : new Seen(Math.min(1, window / step), "table");
        }
    }

    private static SensorReport.Table entry(SensorTable.Entry entry) {
        return new SensorReport.Table(entry.periodMs(), entry.windowMs(), entry.generation());
    }

    private static SensorReport.Period period(UpdatePeriod period) {
        String status = switch (period.status()) {
            case IDENTIFIED -> "identified";
            case TABLE_CONFIRMED -> "table-confirmed";
            case NOT_IDENTIFIABLE -> "not-identifiable";
        };
        return new SensorReport.Period(
                period.isUsable() ? period.periodMs() : Double.NaN,
                period.isCandidate() ? period.periodMs() : Double.NaN,
                period.isUsable() ? period.sigmaMs() : Double.NaN,
                period.concentration(),
                status,
                period.reason(),
                period.isUsable() ? period.indexLsMs() : Double.NaN,
                period.isUsable() ? period.indexLsRmsMs() : Double.NaN,
                period.isComputed() && period.indexLsValid());
    }

    private static SensorReport.Window window(WindowFit fit) {
        double nan = Double.NaN;
        boolean known = fit.windowIdentifiable();
        boolean fits = fit.accepted();
        return new SensorReport.Window(
                known ? fit.windowMs() : nan,
                known ? fit.windowCiMs() : Interval.NONE,
                known ? fit.delayMs() : nan,
                fits ? fit.gain() : nan,
                fits ? fit.gainSigma() : nan,
                fits ? fit.offsetW() : nan,
                fits ? fit.offsetSigmaW() : nan,
                fit.r2(),
                fit.rmseW(),
                fit.updates(),
                fits,
                known,
                fit.reason());
    }

    private SensorRequest.@Nullable Load load(PowerSeries series, Polyline reference) {
        if (request.load() != null) {
            return request.load();
        }
        double from = Math.max(series.firstMs(), reference.firstMs());
        double to = Math.min(series.lastMs(), reference.lastMs());
        return from < to ? new SensorRequest.Load(from, to) : null;
    }

    private SensorReport.@Nullable Energy energy(
            PowerSeries series,
            UpdatePeriod period,
            @Nullable WindowFit fit,
            Optional<SensorTable.Entry> table,
            double pollMs,
            Polyline reference,
            String field,
            double limitW) {
        SensorRequest.Load load = load(series, reference);
        if (load == null) {
            return null;
        }
        boolean covered = load.fromMs() >= Math.max(series.firstMs(), reference.firstMs())
                && load.toMs() <= Math.min(series.lastMs(), reference.lastMs());
        if (!covered) {
            warnings.add("The load reaches beyond the log or the reference: no energies are compared.");
            return null;
        }
        double t = period.isUsable()
                ? period.periodMs()
                : table.map(SensorTable.Entry::periodMs).orElse(pollMs);
        double w = fit != null
                ? fit.windowMs()
                : table.map(SensorTable.Entry::windowMs).orElse(Double.NaN);
        double d = fit != null ? fit.delayMs() : 0;
        EnergyComparison found = new EnergyMethods(series, t, w, d, pollMs).over(load.fromMs(), load.toMs());
        Readings readings = Readings.of(series, SensorModel.resolve(null, period, table, field), pollMs, 0)
                .withLimit(limitW);
        double lost = readings.gapShare(load.fromMs(), load.toMs());
        double hidden = lost == 0
                ? 0
                : readings.holesW(load.fromMs(), load.toMs(), found.shiftedJ() / (load.toMs() - load.fromMs()) * 1e3);
        double truth = reference.energy(load.fromMs(), load.toMs());
        double seconds = (load.toMs() - load.fromMs()) / 1e3;
        Calibration given = request.given();
        double calibrated = given == null
                ? Double.NaN
                : EnergyComparison.calibrated(found.shiftedJ(), seconds, given.gain(), given.offsetW());
        if (!PhaseBudget.isBounded(lost, hidden, truth / seconds)) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    "Holes take %.1f of the load's %.1f s, and what they may hide leaves no figure: no energies are"
                            + " compared.",
                    lost * seconds,
                    seconds));
            return null;
        }
        double self = fit != null
                ? EnergyComparison.calibrated(found.shiftedJ(), seconds, fit.gain(), fit.offsetW())
                : Double.NaN;
        return new SensorReport.Energy(
                PhaseTable.instant(load.fromMs()),
                PhaseTable.instant(load.toMs()),
                truth,
                error(found.meanJ(), truth),
                error(found.zohJ(), truth),
                error(found.trapezoidJ(), truth),
                error(found.shiftedJ(), truth),
                error(calibrated, truth),
                error(self, truth),
                error(found.updatesJ(), truth),
                error(found.guardJ(), truth),
                found.guardBiasPct(),
                found.guardUsable(),
                found.valid(),
                100 * hidden * seconds / truth);
    }

    private static double error(double joules, double truth) {
        return 100 * (joules / truth - 1);
    }

    private SensorReport.PhaseShift phaseShift(double periodMs, double windowMs, Polyline reference) {
        double from =
                request.load() == null ? reference.firstMs() : request.load().fromMs();
        double to = request.load() == null ? reference.lastMs() : request.load().toMs();
        PhaseShiftStudy study = new PhaseShiftStudy(reference, from, to);
        return new SensorReport.PhaseShift(
                study.spread(periodMs, windowMs), study.spread(Math.max(periodMs, 1000), windowMs));
    }
}
