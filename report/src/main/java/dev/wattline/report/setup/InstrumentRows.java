package dev.wattline.report.setup;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.report.page.Numbers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The analyzers: what they and PTDaemon said of themselves, how they were connected, and their ranges. */
final class InstrumentRows {
    private static final String[] PARTS = {"Vendor", "Model", "Serial number", "Firmware"};

    private InstrumentRows() {}

    static Setup.Group of(SessionFacts facts) throws IOException {
        FactRows rows = new FactRows("Analyzer");
        List<AnalyzerIdentity> identities = facts.identities();
        for (int i = 0; i < identities.size(); i++) {
            identity(rows, identities.get(i), which(identities.size(), i));
        }
        configuration(rows, facts);
        rows.add("Ranging mode", FactRows.text(ours(facts).get("ranging_mode")), Summary.SERVER);
        for (Phase phase : Phase.values()) {
            Optional<PtdLog.Measurement> measured = facts.ptdLog().measurement(phase);
            measured.ifPresent(one -> {
                rows.add("Voltage range, " + phase.word(), range(one.volts(), "V"), PtdLog.FILE);
                rows.add("Current range, " + phase.word(), range(one.amps(), "A"), PtdLog.FILE);
            });
        }
        facts.testingUncertainty()
                .filter(uncertainty -> uncertainty.average() >= 0) // of none it is known
                .ifPresent(uncertainty -> rows.add(
                        "Uncertainty while testing, mean and greatest",
                        percent(uncertainty.average()) + ", " + percent(uncertainty.max()),
                        Summary.SERVER));
        return rows.group();
    }

    static Map<?, ?> ours(SessionFacts facts) {
        return facts.server().field("wattline", Map.of()) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String which(int count, int index) {
        return count > 1 ? ", analyzer " + (index + 1) : "";
    }

    private static void identity(FactRows rows, AnalyzerIdentity identity, String which) {
        String[] parts = identity.instrument().split(";", -1);
        for (int i = 0; i < Math.min(parts.length, PARTS.length); i++) {
            rows.add(PARTS[i] + which, parts[i], Summary.SERVER);
        }
        rows.add("PTDaemon's name of it" + which, identity.model(), Summary.SERVER);
        rows.add("PTDaemon" + which, identity.build(), Summary.SERVER);
        rows.add("Machine of PTDaemon" + which, identity.os(), Summary.SERVER);
    }

    private static void configuration(FactRows rows, SessionFacts facts) {
        Object config = facts.server().field("ptd_config", List.of());
        List<?> analyzers = config instanceof List<?> list ? list : List.of(config);
        for (int i = 0; i < analyzers.size(); i++) {
            if (analyzers.get(i) instanceof Map<?, ?> map) {
                String which = which(analyzers.size(), i);
                rows.add("Device type" + which, FactRows.text(map.get("device_type")), Summary.SERVER);
                rows.add(
                        "Connection" + which,
                        FactRows.text(map.get("interface_flag")) + " " + FactRows.text(map.get("device_port")),
                        Summary.SERVER);
                String channels = FactRows.text(map.get("channel"));
                rows.add("Channels" + which, channels.isEmpty() ? "the only one" : channels, Summary.SERVER);
                rows.add(
                        "Supply" + which,
                        FactRows.text(map.get("dc_flag")).isEmpty() ? "alternating current" : "direct current",
                        Summary.SERVER);
            }
        }
    }

    private static String range(double value, String unit) {
        return Double.isNaN(value) ? "" : Numbers.digits(value, 3) + " " + unit;
    }

    private static String percent(double fraction) {
        return Numbers.percent(100 * fraction);
    }
}
