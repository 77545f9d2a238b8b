package dev.wattline.cli.doctor;

import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.TelemetryOptions;
import dev.wattline.sut.telemetry.TelemetrySources;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.sut.telemetry.source.TelemetrySource;
import java.util.List;
import java.util.Optional;

/**
 * Whether a source of power beside the analyzer can be read, and how long finding that out takes. No measurement depends
 * on it: what a source lacks is a warning only where the user's settings name it.
 */
final class SourceCheck implements DoctorCheck {
    private final String source;
    private final SourceSettings settings;
    private final TimeSource time;

    private SourceCheck(String source, SourceSettings settings, TimeSource time) {
        this.source = source;
        this.settings = settings;
        this.time = time;
    }

    /** One for each source but nvidia-smi, which has a check of its own. */
    static List<DoctorCheck> all(SourceSettings settings, TimeSource time) {
        return TelemetrySources.possible(settings).stream()
                .filter(name -> !name.equals("nvidia-smi"))
                .map(name -> (DoctorCheck) new SourceCheck(name, settings, time))
                .toList();
    }

    @Override
    public String name() {
        return "source " + source;
    }

    @Override
    public CheckOutcome run() {
        long begin = time.nanoTime();
        try {
            TelemetryOptions options =
                    new TelemetryOptions(List.of(source), "nvidia-smi", Optional.empty(), settings, false);
            TelemetrySource made = TelemetrySources.of(options, time).get(0);
            try {
                String what = made.probe();
                double millis = (time.nanoTime() - begin) / 1e6;
                return CheckOutcome.pass(what).with("probeMillis", Math.round(millis * 10) / 10.0);
            } finally {
                made.close();
            }
        } catch (SutException e) {
            return lacks(e);
        }
    }

    private CheckOutcome lacks(WattlineException e) {
        String remedy = e.remedy().orElse("");
        return settings.has(source)
                ? CheckOutcome.warn("cannot be read: " + e.getMessage(), remedy)
                : CheckOutcome.pass("cannot be read: " + e.getMessage() + (remedy.isEmpty() ? "" : ". " + remedy));
    }
}
