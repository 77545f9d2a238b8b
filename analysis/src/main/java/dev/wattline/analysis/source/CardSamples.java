package dev.wattline.analysis.source;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.stats.Stats;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.model.SensorTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sampled power of one card.
 *
 * @param source such as {@code nvidia-smi}
 * @param entity the card's UUID, or how else its source calls it
 * @param name the card's name; empty where not known
 * @param series the readings
 * @param behindS how far a reading is behind the middle of what it saw, in s
 * @param windowS what a reading is the mean over, in s
 * @param coverage the share of time that the readings saw
 */
record CardSamples(
        String source,
        String entity,
        String name,
        PowerSeries series,
        double behindS,
        double windowS,
        double coverage) {
    private static final String SMI = "nvidia-smi";

    /** Those in nvidia-smi's log; of each card the field that sees most. */
    static List<CardSamples> nvidiaSmi(Path folder, TelemetryMeta meta) {
        Path log = folder.resolve(TelemetryMeta.LOG);
        List<CardSamples> all = new ArrayList<>();
        if (meta.sources().stream().map(Source::name).noneMatch(SMI::equals) || !Files.exists(log)) {
            return all;
        }
        for (DeviceLog card : PowerLogs.read(log, LogInput.Options.all(ZoneId.of(meta.zone())))
                .devices()) {
            for (String field : DeviceLog.MOST_SEEN_FIRST) {
                PowerSeries series = card.fields().contains(field) ? card.series(field) : null;
                if (series != null && series.size() > 1) {
                    all.add(of(card, field, series, meta));
                    break;
                }
            }
        }
        return all;
    }

    private static CardSamples of(DeviceLog card, String field, PowerSeries series, TelemetryMeta meta) {
        String uuid = card.key();
        String name = "";
        for (TelemetryMeta.Card known : meta.cards()) {
            if (known.uuid().equals(card.key()) || (card.index() >= 0 && known.index() == card.index())) {
                uuid = known.uuid();
                name = known.name();
                break;
            }
        }
        Optional<SensorTable.Entry> sensor = SensorTable.find(name, field, meta.driver());
        double period = sensor.map(SensorTable.Entry::periodMs).orElse(Double.NaN);
        double window = sensor.map(SensorTable.Entry::windowMs).orElse(Double.NaN);
        if (Double.isNaN(period + window)) {
            return new CardSamples(SMI, uuid, name, series, 0, 0, 0);
        }
        return new CardSamples(
                SMI,
                uuid,
                name,
                series,
                (window + period) / 2e3,
                window / 1e3,
                Math.min(1, window / Math.max(period, medianStepMs(series))));
    }

    private static double medianStepMs(PowerSeries series) {
        double[] steps = new double[series.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = series.timeMs(i + 1) - series.timeMs(i);
        }
        return Stats.median(steps);
    }

    /** Readings of power that a source took beside its counter; their window is not known. */
    static CardSamples of(Track power) {
        PowerSeries series = new PowerSeries();
        double milli = 1e3 * Units.watts(power.series().unit());
        for (int i = 0; i < power.size(); i++) {
            series.add(Math.round(1e3 * power.utc(i)), (int) Math.round(milli * power.value(i)));
        }
        return new CardSamples(
                power.source(), power.series().entity(), power.series().name(), series, 0, 0, 0);
    }
}
