package dev.wattline.analysis.telemetry;

import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.files.TelemetryMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a user is to know of the nvidia-smi log before trusting a figure of it. */
public final class TelemetryWarnings {
    private final PreparedTelemetry telemetry;
    private final AnalysisRequest request;
    private final boolean hasAnalyzer;
    private final List<String> warnings = new ArrayList<>();

    private TelemetryWarnings(PreparedTelemetry telemetry, AnalysisRequest request, boolean hasAnalyzer) {
        this.telemetry = telemetry;
        this.request = request;
        this.hasAnalyzer = hasAnalyzer;
    }

    /** The warnings, a sentence or two each. */
    public static List<String> of(PreparedTelemetry telemetry, AnalysisRequest request, boolean hasAnalyzer) {
        return new TelemetryWarnings(telemetry, request, hasAnalyzer).list();
    }

    private List<String> list() {
        PowerLog log = telemetry.log();
        warnings.add("The telemetry was read as " + log.description() + ".");
        warnings.addAll(log.complaints());
        ofRecord();
        ofStamps();
        ofSensors();
        ofCalibration();
        ofLag();
        return warnings;
    }

    /** What went wrong while the log was taken, or was recorded so that it is of no use. */
    private void ofRecord() {
        TelemetryMeta meta = request.meta();
        if (meta == null) {
            return;
        }
        meta.problems().forEach(problem -> warnings.add("Recorded with the telemetry: " + problem + "."));
        if (!meta.zone().isEmpty() && request.recordedZone() == null) {
            warnings.add("The zone recorded with the telemetry, '" + meta.zone() + "', is not known to this Java.");
        }
    }

    private void ofStamps() {
        if (telemetry.log().clock().ambiguousHour() && telemetry.log().clock().folds() == 0) {
            warnings.add("Stamps lie in the hour that local time has twice, and no jump tells which pass it is: "
                    + (telemetry.secondPass() ? "by the analyzer's log it is the second." : "the first was taken."));
        }
        if (!telemetry.log().clock().utc() && telemetry.log().clock().folds() > 0) {
            warnings.add("Local time went back by an hour: summer time ended during the log.");
        }
    }

    private void ofSensors() {
        for (PreparedTelemetry.Gpu gpu : telemetry.gpus()) {
            if (gpu.stuck()) {
                warnings.add("GPU " + gpu.key() + ": the reading is stuck: it changed " + gpu.changes() + " times in "
                        + gpu.series().size() + " polls"
                        + (gpu.changes() == 0
                                ? ", while a live sensor's last digits do."
                                : " although the load changed."));
            }
        }
        boolean prior = telemetry.gpus().stream().anyMatch(gpu -> gpu.card().prior());
        if (prior && telemetry.log().origin().scope() != Scope.GPU) {
            warnings.add(
                    "The sensor is not calibrated, and nothing is known of its kind: an error of its gain of up to 10 %"
                            + " is assumed. Calibrate with an external meter (wattline sensor).");
        } else if (prior) {
            warnings.add("The cards are not calibrated: gain and offset are those of a population of 23 cards, whose"
                    + " 95 % interval misses one card in twenty. Calibrate with an external meter (wattline sensor).");
        }
        if (telemetry.gpus().stream().anyMatch(gpu -> !gpu.model().isKnown())) {
            warnings.add("The sensor's window is not known for this card and field; intervals assume the worst. Poll"
                    + " faster than every 30 ms once, or give it in the calibration file.");
        }
    }

    private void ofCalibration() {
        CardCalibrations given = request.calibrations();
        boolean allFit = true;
        for (CardCalibrations.Entry entry : given.entries()) {
            String field = entry.field() == null ? telemetry.field() : entry.field();
            boolean fits = telemetry.gpus().stream()
                    .anyMatch(gpu -> entry.fits(gpu.key(), gpu.log().index(), gpu.name(), field));
            if (!fits) {
                allFit = false;
                warnings.add(
                        "The calibration of " + entry.target() + " in " + given.source() + " fits no GPU of the log.");
            }
        }
        boolean noGain = telemetry.gpus().stream().anyMatch(gpu -> gpu.card().prior());
        boolean anyGain = given.entries().stream().anyMatch(entry -> entry.calibration() != null);
        if (anyGain && noGain && allFit) {
            warnings.add(given.source() + " holds no gain for " + telemetry.field() + " of every GPU.");
        }
    }

    private void ofLag() {
        double recorded = telemetry.recordedOffsetS();
        double found = telemetry.lag().seconds();
        if (telemetry.lag().accepted()
                && !Double.isNaN(recorded)
                && Math.abs(recorded - found) > 3 * telemetry.lag().sigma() + 0.5) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The lag found (%.2f s) is not the clock offset that was recorded (%.2f s).",
                    found,
                    recorded));
        }
        if (hasAnalyzer && !telemetry.lag().accepted()) {
            warnings.add(
                    "No lag between the clocks was found (" + telemetry.lag().reason() + "): "
                            + (Double.isNaN(recorded)
                                    ? "where a time of the analyzer lies in the nvidia-smi log is not known, so that there are no"
                                            + " figures of the GPUs over it. For those of the nvidia-smi log alone give it alone."
                                    : "the recorded offset is used."));
        }
    }
}
