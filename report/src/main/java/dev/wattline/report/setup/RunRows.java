package dev.wattline.report.setup;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.BoundedLines;
import dev.wattline.files.SessionFile;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.model.Phase;
import dev.wattline.report.page.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The run: its programs, its command, its settle time, and what LoadGen made of it. */
final class RunRows {
    private static final int DIGITS = 5;
    private static final int MAX_LINE = 1 << 16;
    private static final int MOST_LINES = 2000; // the command stands near the beginning
    private static final Pattern COMMAND = Pattern.compile("Running the workload ['\"](.*)['\"]$");

    private static final List<String> RESULTS = List.of(
            "result_samples_per_second",
            "result_completed_samples_per_sec",
            "result_tokens_per_second",
            "result_completed_tokens_per_second",
            "result_90.00_percentile_latency_ns",
            "result_99.00_percentile_latency_ns");

    private RunRows() {}

    static Setup.Group of(Path session, SessionFacts facts, @Nullable PowerMetric metric) throws IOException {
        FactRows rows = new FactRows("Run and result");
        programs(rows, facts);
        command(rows, session);
        LoadgenDetail detail = facts.loadgen(Phase.TESTING);
        rows.add("LoadGen, version", detail.text("loadgen_version").orElse(""), detail.file());
        rows.add("LoadGen, scenario", detail.text("effective_scenario").orElse(""), detail.file());
        rows.add("LoadGen, mode", detail.text("effective_test_mode").orElse(""), detail.file());
        rows.add("LoadGen, result", detail.text("result_validity").orElse(""), detail.file());
        for (String key : RESULTS) {
            detail.number(key)
                    .ifPresent(value -> rows.add("LoadGen, " + words(key), number(key, value), detail.file()));
        }
        if (metric != null) {
            for (PowerMetric.Efficiency efficiency : metric.efficiencies()) {
                rows.add(
                        "Efficiency",
                        metric.rounded(efficiency.value()) + " " + efficiency.unit(),
                        SessionFile.TESTING_SPL.place() + ", " + detail.file());
            }
        }
        return rows.group();
    }

    private static String words(String key) {
        return key.replace("result_", "")
                .replace("_ns", "")
                .replace("per_sec", "per second")
                .replace("per secondond", "per second")
                .replace('_', ' ');
    }

    private static String number(String key, double value) {
        return key.endsWith("_ns")
                ? Numbers.digits(value / 1e6, DIGITS) + " ms"
                : Numbers.digits(value, DIGITS) + (key.contains("tokens") ? " tokens/s" : " samples/s");
    }

    private static void programs(FactRows rows, SessionFacts facts) {
        for (Summary summary : List.of(facts.client(), facts.server())) {
            boolean director = summary == facts.server();
            if (summary.field("wattline", Map.of()) instanceof Map<?, ?> ours) {
                String version = FactRows.text(ours.get("version"));
                rows.add(
                        director ? "Director" : "Runner",
                        version.isEmpty() ? "" : "Wattline " + version + " " + FactRows.text(ours.get("commit")),
                        summary.name());
                String settle = FactRows.text(ours.get("settle_seconds")).replaceFirst("\\.0$", "");
                rows.add(
                        "Settle time before and after each phase",
                        settle.isEmpty() ? "" : settle + " s",
                        summary.name());
            }
        }
    }

    private static void command(FactRows rows, Path session) throws IOException {
        Path file = new SessionFolder(session).systemFacts();
        try {
            String told = SystemFactsJson.read(file).map(SystemFacts::workload).orElse("");
            if (!told.isEmpty()) {
                rows.add("Workload", told, "system/sut.json");
                return;
            }
        } catch (SessionFilesException e) {
            rows.add("Workload", "not readable: " + e.getMessage(), "");
        }
        Path log = new SessionFolder(session).clientLog();
        if (!Files.exists(log)) {
            return; // the checks tell of it
        }
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(log), MAX_LINE)) {
            String line = lines.next();
            for (int i = 0; line != null && i < MOST_LINES; i++, line = lines.next()) {
                Matcher command = COMMAND.matcher(line);
                if (command.find()) {
                    rows.add("Workload", command.group(1), SessionFile.CLIENT_LOG.place());
                    return;
                }
            }
        }
    }
}
