package dev.wattline.analysis.source;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The power of a superchip, GPU and processor together, in nvidia-smi's log: a scope of its own, never a GPU's. */
final class ModuleReadings {
    private static final String SMI = "nvidia-smi";

    private ModuleReadings() {}

    /** The modules' energy; empty where the cards have no such field. */
    static Optional<ScopeEnergy> of(Path folder, TelemetryMeta meta, EnergyStatement.Window window) {
        Path log = folder.resolve(TelemetryMeta.LOG);
        Optional<Series> module = meta.sources().stream()
                .filter(source -> source.name().equals(SMI))
                .map(Source::series)
                .flatMap(List::stream)
                .filter(series -> series.scope().equals("module"))
                .findFirst(); // the average comes first where there is one
        if (module.isEmpty() || !Files.exists(log)) {
            return Optional.empty();
        }
        Series field = module.get();
        List<IntervalEnergy> energies = new ArrayList<>();
        try {
            LogInput.Options options =
                    LogInput.Options.all(ZoneId.of(meta.zone())).withFields(List.of(field.quantity()));
            for (DeviceLog device : PowerLogs.read(log, options).devices()) {
                PowerSeries series = device.series(field.quantity());
                if (series != null) {
                    Track track = track(device.key(), series, field);
                    energies.add(SampledEnergy.over(track, window.beginMs() / 1e3, window.endMs() / 1e3));
                }
            }
        } catch (AnalysisInputException e) {
            return Optional.of(new ScopeEnergy(
                    "module", SMI, "sampled", 1, Double.NaN, Double.NaN, String.valueOf(e.getMessage())));
        }
        return energies.isEmpty() ? Optional.empty() : Optional.of(EnergyStatement.sum(energies, "sampled"));
    }

    private static Track track(String module, PowerSeries series, Series field) {
        Track track = new Track(
                SMI,
                new Series(
                        module,
                        field.name(),
                        "module",
                        "power",
                        "W",
                        field.kind(),
                        field.resolution(),
                        0,
                        field.updateMs(),
                        field.windowMs()));
        for (int i = 0; i < series.size(); i++) {
            track.add(series.timeMs(i) / 1e3, series.watts(i));
        }
        return track;
    }
}
