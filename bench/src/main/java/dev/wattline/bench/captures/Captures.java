package dev.wattline.bench.captures;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.study.SensorRequest;
import dev.wattline.analysis.study.SensorStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Analyses made-up captures and tallies how far each finding lies from the truth. */
public final class Captures {
    /** What {@link #rows} has in its columns. */
    public static final List<String> HEADINGS = List.of(
            "error of",
            "answers",
            "none given",
            "tolerance",
            "median",
            "95 %",
            "largest",
            "within %",
            "inside own 95 %",
            "largest in");

    private static final double AVERAGE_WINDOW_MS = 1000;

    private final Path folder;
    private final Tally period = new Tally("period T, ms", 0.01);
    private final Tally shortWindow = new Tally("window W up to 100 ms, ms", 3);
    private final Tally longWindow = new Tally("window W of 1 s, %", 2);
    private final Tally delay = new Tally("delay d, ms", 3);
    private final Tally gain = new Tally("gain g", 0.01);
    private final Tally offset = new Tally("offset o, W", 1);
    private final Tally zone = new Tally("zone inferred, min", 0);
    private final Tally lagAverage = new Tally("lag, average field, s", 0.15);
    private final Tally lagInstant = new Tally("lag, other fields, s", 0.45);
    private final Tally phaseEnergy = new Tally("energy of a phase, calibrated, %", 2);
    // What the method states as half-widths at 95 % over 60 s of load: 2.5 % for sensors that see all of the time, 17 %
    // for
    // those that see a part of it and are polled once a second. Shorter phases are wider, cards with a fast log
    // narrower.
    private final Tally gpuSeen = new Tally("energy of a GPU in a phase, all of the time seen, calibrated, %", 2.5);
    private final Tally gpuPartly = new Tally("energy of a GPU in a phase, a part seen, calibrated, %", 17);
    private final Tally priorEnergy = new Tally("steady energy, population of cards, %", 10);
    private final Tally slope = new Tally("wall slope, %", 5);

    /** Captures are written into this folder, one over the other. */
    public Captures(Path folder) {
        this.folder = folder;
    }

    /** The errors so far, a row for each quantity. */
    public List<Object[]> rows() {
        return tallies().stream().map(Tally::row).toList();
    }

    List<Tally> tallies() {
        return List.of(
                period,
                shortWindow,
                longWindow,
                delay,
                gain,
                offset,
                zone,
                lagAverage,
                lagInstant,
                phaseEnergy,
                gpuSeen,
                gpuPartly,
                priorEnergy,
                slope);
    }

    /** Makes and studies a fast log beside a meter. */
    public void sensor(long seed) throws IOException {
        SensorCase made = SensorCase.write(folder, seed);
        String which = "sensor " + seed + " (" + made.kind() + ")";
        SensorReport.Sensor found = SensorStudy.study(new SensorRequest(
                        made.smi(),
                        made.zone(),
                        made.meter(),
                        made.meterStartMs(),
                        new SensorRequest.Load(made.meterStartMs(), made.meterStartMs() + made.lengthMs()),
                        null,
                        "",
                        List.of()))
                .sensors()
                .get(0);
        if (found.period().status().equals("identified")) {
            period.add(found.period().periodMs() - made.truth().periodMs(), which);
        } else {
            period.refused();
        }
        SensorReport.Window window = found.window();
        if (window == null || Double.isNaN(window.windowMs()) || !window.accepted()) {
            (made.truth().windowMs() > 500 ? longWindow : shortWindow).refused();
            return;
        }
        boolean holds = window.windowCi95Ms().contains(made.truth().windowMs());
        if (made.truth().windowMs() > 500) {
            longWindow.add(100 * (window.windowMs() / made.truth().windowMs() - 1), which);
            longWindow.interval(holds);
        } else {
            shortWindow.add(window.windowMs() - made.truth().windowMs(), which);
            shortWindow.interval(holds);
        }
        delay.add(window.delayMs() - made.truth().delayMs(), which);
        gain.add(window.gain() - made.truth().gain(), which);
        offset.add(window.offsetW() - made.truth().offsetW(), which);
    }

    /** Makes and analyses an analyzer's log and an nvidia-smi log. */
    public void merge(long seed) throws IOException {
        MergeCase made = MergeCase.write(folder, seed);
        String which = "merge " + seed + " (" + made.kind() + ")";
        AnalysisRequest request = AnalysisRequest.of(made.spl(), made.smi()).withPhases(made.phases());
        SamplingError inferred = SessionAnalyzer.analyze(
                        made.zoneChanges() ? request.withZone(made.smiZone()) : request)
                .summary();
        int offsetMin = made.smiZone()
                        .getRules()
                        .getOffset(Instant.ofEpochMilli(
                                Math.round(made.phases().get(0).startMs())))
                        .getTotalSeconds()
                / 60;
        if (made.zoneChanges()) {
            zone.add(0, which); // it was given: no one offset holds
        } else if (inferred.clock().tzOffsetMin() == null) {
            zone.refused();
        } else {
            zone.add(inferred.clock().tzOffsetMin() - offsetMin, which);
        }
        SamplingError found = SessionAnalyzer.analyze(
                        request.withZone(made.smiZone()).withCalibrations(made.calibrations()))
                .summary();
        Tally lag = made.window() >= AVERAGE_WINDOW_MS ? lagAverage : lagInstant;
        if (found.clock().accepted()) {
            lag.add(found.clock().lagS() - made.clockErrorS(), which);
            lag.interval(found.clock().lagCi95S().contains(made.clockErrorS()));
        } else {
            lag.refused();
            return; // where the phases lie in the nvidia-smi log is not known
        }
        energies(made, found, which);
        prior(made, inferred, which);
        WallResult wall = found.wall();
        if (wall == null || Double.isNaN(wall.slope())) {
            slope.refused();
        } else {
            slope.add(100 * (wall.slope() * meanGain(made) / made.slope() - 1), which);
            slope.interval(wall.slopeCi().contains(made.slope() / meanGain(made)));
        }
    }

    private static double meanGain(MergeCase made) {
        return made.calibrations().entries().stream()
                .mapToDouble(entry ->
                        entry.calibration() == null ? 1 : entry.calibration().gain())
                .average()
                .orElse(1);
    }

    private void energies(MergeCase made, SamplingError found, String which) {
        Tally gpuEnergy = made.seesAll() ? gpuSeen : gpuPartly;
        for (int p = 0; p < made.phases().size(); p++) {
            PhaseResult phase = found.phases().get(p);
            double seconds =
                    (made.phases().get(p).endMs() - made.phases().get(p).startMs()) / 1e3;
            double all = 0;
            for (int g = 0; g < found.gpus().size(); g++) {
                GpuPhase gpu = found.gpus().get(g).phases().get(p);
                double trueW = made.trueJ().get(p)[g] / seconds;
                all += trueW;
                if (Double.isNaN(gpu.meanW())) {
                    gpuEnergy.refused();
                } else {
                    gpuEnergy.add(100 * (gpu.meanW() / trueW - 1), which + " " + phase.name());
                    double half = gpu.relHalfWidthPct() / 100 * gpu.meanW();
                    gpuEnergy.interval(Math.abs(gpu.meanW() - trueW) <= half);
                }
            }
            GpuPhase sum = phase.gpu();
            if (sum == null || Double.isNaN(sum.meanW())) {
                phaseEnergy.refused();
            } else {
                phaseEnergy.add(100 * (sum.meanW() / all - 1), which + " " + phase.name());
                phaseEnergy.interval(Math.abs(sum.meanW() - all) <= sum.relHalfWidthPct() / 100 * sum.meanW());
            }
        }
    }

    private void prior(MergeCase made, SamplingError inferred, String which) {
        int p = 4;
        GpuPhase sum = inferred.phases().get(p).gpu();
        if (sum == null || Double.isNaN(sum.meanW())) {
            priorEnergy.refused();
            return;
        }
        double seconds = (made.phases().get(p).endMs() - made.phases().get(p).startMs()) / 1e3;
        double all = 0;
        for (double joules : made.trueJ().get(p)) {
            all += joules / seconds;
        }
        priorEnergy.add(100 * (sum.meanW() / all - 1), which);
        priorEnergy.interval(Math.abs(sum.meanW() - all) <= sum.relHalfWidthPct() / 100 * sum.meanW());
    }
}
