package dev.wattline.compliance.pack;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SystemFacts;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that a power submission carries: a table of the analyzer, filled with what the analyzer and PTDaemon
 * reported, the system's power settings, filled with what the system said of itself, and the form of the implementation.
 */
record Documents(String analyzerTable, String powerSettings, String measurements) {
    private static final String UNKNOWN = "(to be filled in)";

    /**
     * @param told what the measured machine said of itself, if the session holds it
     * @param manifest what the session was, if it holds that
     */
    static Documents of(SessionFacts facts, Optional<SystemFacts> told, Optional<SessionManifest> manifest)
            throws IOException {
        return new Documents(
                analyzerTable(facts), PowerSettings.of(code(facts.name()), told, manifest), implementation());
    }

    private static String analyzerTable(SessionFacts facts) throws IOException {
        StringBuilder out = new StringBuilder("# Analyzer table\n\nSession " + code(facts.name()) + "\n\n");
        out.append("| | |\n|---|---|\n");
        List<Optional<AnalyzerIdentity>> identities = facts.identities().isEmpty()
                ? List.of(Optional.empty())
                : facts.identities().stream().map(Optional::of).toList();
        for (int i = 0; i < identities.size(); i++) {
            identity(out, identities.get(i), identities.size() > 1 ? " of analyzer " + (i + 1) : "");
        }
        configurations(out, facts);
        ranges(out, facts);
        row(out, "Wiring", UNKNOWN);
        row(out, "Date of last calibration", UNKNOWN);
        return out.toString();
    }

    private static void identity(StringBuilder out, Optional<AnalyzerIdentity> identity, String which) {
        String[] instrument =
                identity.map(AnalyzerIdentity::instrument).orElse("").split(";", -1);
        row(out, "Vendor" + which, part(instrument, 0));
        row(out, "Model" + which, part(instrument, 1));
        row(out, "Serial number" + which, part(instrument, 2));
        row(out, "Firmware version" + which, part(instrument, 3));
        row(
                out,
                "PTDaemon's name of the analyzer" + (which.isEmpty() ? "" : which.replace(" of analyzer", "")),
                identity.map(AnalyzerIdentity::model).orElse(UNKNOWN));
        row(
                out,
                "PTDaemon version" + which,
                identity.map(AnalyzerIdentity::build).orElse(UNKNOWN));
        row(out, "Host of PTDaemon" + which, identity.map(AnalyzerIdentity::os).orElse(UNKNOWN));
    }

    private static void configurations(StringBuilder out, SessionFacts facts) {
        Object config = facts.server().field("ptd_config", List.of());
        List<?> analyzers = config instanceof List<?> list ? list : List.of(config);
        int number = 0;
        for (Object analyzer : analyzers) {
            if (analyzer instanceof Map<?, ?> map) {
                String which = analyzers.size() > 1 ? " of analyzer " + ++number : "";
                row(out, "PTDaemon device type" + which, text(map, "device_type"));
                row(out, "Connection" + which, (text(map, "interface_flag") + " " + text(map, "device_port")).strip());
                row(
                        out,
                        "Channels used" + which,
                        text(map, "channel").equals("None") ? "the only one" : text(map, "channel"));
            }
        }
    }

    private static void ranges(StringBuilder out, SessionFacts facts) throws IOException {
        try {
            Optional<PtdLog.Measurement> testing = facts.ptdLog().measurement(Phase.TESTING);
            row(out, "Voltage range while testing", range(testing.map(PtdLog.Measurement::volts), "V"));
            row(out, "Current range while testing", range(testing.map(PtdLog.Measurement::amps), "A"));
        } catch (PyError e) {
            row(out, "Ranges while testing", UNKNOWN); // no log: packing fails on it anyway
        }
    }

    private static String range(Optional<Double> value, String unit) {
        return value.filter(number -> !number.isNaN())
                .map(number -> String.format(Locale.ROOT, "%s %s", number, unit))
                .orElse(UNKNOWN);
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : PyRepr.str(value);
    }

    private static String part(String[] parts, int index) {
        return index < parts.length && !parts[index].isBlank() ? parts[index].strip() : UNKNOWN;
    }

    private static void row(StringBuilder out, String name, String value) {
        String cell = value.replace("|", "\\|").replace('\n', ' ').strip();
        out.append("| ")
                .append(name)
                .append(" | ")
                .append(cell.isEmpty() ? UNKNOWN : cell)
                .append(" |\n");
    }

    private static String code(String text) {
        return "`" + text.replace('`', '\'') + "`";
    }

    /**
     * What the submission checker asks of the implementation: mlcommons/inference names these keys, and each is to be filled
     * in by the submitter.
     */
    private static String implementation() {
        return """
                {
                    "input_data_types": "%1$s",
                    "retraining": "%1$s",
                    "starting_weights_filename": "%1$s",
                    "weight_data_types": "%1$s",
                    "weight_transformations": "%1$s"
                }
                """.formatted(UNKNOWN);
    }
}
