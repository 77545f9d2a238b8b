package dev.wattline.compliance.pack;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The two documents that a power submission carries: a table of the analyzer, filled with what the analyzer and PTDaemon
 * reported, and the system's power settings, which only the submitter knows.
 */
record Documents(String analyzerTable, String powerSettings) {
    private static final String UNKNOWN = "(to be filled in)";

    static Documents of(SessionFacts facts) throws IOException {
        return new Documents(analyzerTable(facts), powerSettings(facts));
    }

    private static String analyzerTable(SessionFacts facts) throws IOException {
        StringBuilder out = new StringBuilder("# Analyzer table\n\nSession " + code(facts.name()) + "\n\n");
        out.append("| | |\n|---|---|\n");
        Optional<AnalyzerIdentity> identity = facts.identity();
        String[] instrument =
                identity.map(AnalyzerIdentity::instrument).orElse("").split(";", -1);
        row(out, "Vendor", part(instrument, 0));
        row(out, "Model", part(instrument, 1));
        row(out, "Serial number", part(instrument, 2));
        row(out, "Firmware version", part(instrument, 3));
        row(
                out,
                "PTDaemon's name of the analyzer",
                identity.map(AnalyzerIdentity::model).orElse(UNKNOWN));
        row(out, "PTDaemon version", identity.map(AnalyzerIdentity::build).orElse(UNKNOWN));
        row(out, "Host of PTDaemon", identity.map(AnalyzerIdentity::os).orElse(UNKNOWN));
        configurations(out, facts);
        ranges(out, facts);
        row(out, "Wiring", UNKNOWN);
        row(out, "Date of last calibration", UNKNOWN);
        return out.toString();
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

    private static String powerSettings(SessionFacts facts) {
        return """
                # Power settings

                Session %s. Everything below is to be filled in by the submitter: it cannot be read from the measurement.

                ## Firmware

                - BIOS or UEFI version:
                - Power profile and every setting that differs from the default:
                - Management controller firmware version and power limits:

                ## Operating system

                - Version and kernel:
                - CPU frequency governor, C-states, turbo:
                - Command lines and services that change power:

                ## Accelerators

                - Driver version:
                - Power limit, clock limits, ECC, other modes, with the commands that set them:

                ## Cooling

                - Fan speeds or policy:
                - Ambient temperature:

                ## Power supplies

                - Number installed, number in use, rating in W:
                - Input voltage and how they were wired to the analyzer:

                ## What was measured

                - Parts of the system behind the analyzer, and parts that were not:
                """.formatted(code(facts.name()));
    }
}
