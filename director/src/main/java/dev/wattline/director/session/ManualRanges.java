package dev.wattline.director.session;

import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.phase.SessionException;
import dev.wattline.model.DeviceType;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.RangeSetting;
import dev.wattline.protocol.ControlRequest.ManualRange;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ranges that the client gives itself, checked against what the devices can do; the texts go on as they came. */
final class ManualRanges {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(\\.\\d{1,20})?");

    private ManualRanges() {}

    /**
     * The same ranges for every analyzer.
     *
     * @throws SessionException if a value is no plain number above 0, or beyond the greatest range of one of the devices
     */
    static List<Ranges> of(ManualRange given, List<AnalyzerConfig> analyzers) {
        for (AnalyzerConfig analyzer : analyzers) {
            check("voltage", given.volts(), analyzer.catalogued().flatMap(DeviceType::maxVolts), analyzers.size());
            check("current", given.amps(), analyzer.catalogued().flatMap(DeviceType::maxAmps), analyzers.size());
        }
        Ranges ranges = new Ranges(RangeSetting.ofText(given.volts()), RangeSetting.ofText(given.amps()));
        return Collections.nCopies(analyzers.size(), ranges);
    }

    private static void check(String what, String text, Optional<Double> greatest, int analyzers) {
        boolean usable = NUMBER.matcher(text).matches() && Double.parseDouble(text) > 0;
        if (!usable || greatest.filter(most -> Double.parseDouble(text) > most).isPresent()) {
            throw refused(what, Collections.nCopies(analyzers, text), null);
        }
    }

    /** What the reference answers when a range cannot be set, and behind it what PTDaemon said, if it was asked. */
    static SessionException refused(String what, List<String> values, @Nullable Throwable cause) {
        String said = cause == null ? "" : "; " + cause.getMessage();
        return new SessionException(
                "Error setting " + what + " range: " + PythonRepr.of(values) + said,
                "Give a value within the analyzer's span.",
                cause);
    }
}
