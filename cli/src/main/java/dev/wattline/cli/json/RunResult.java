package dev.wattline.cli.json;

import dev.wattline.compliance.json.ReportJson;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.report.page.Numbers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a finished run came to.
 *
 * @param suspicions why the runner thinks the measurement suspect
 * @param check the session as {@code wattline check --json} tells it; empty where the check did not run
 * @param report the session's report; empty where it was not written
 */
public record RunResult(
        String session, Path folder, List<String> suspicions, Optional<JsonNode> check, Optional<Path> report) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public RunResult {
        suspicions = List.copyOf(suspicions);
    }

    /** The one session in what {@code wattline check --json} printed; empty if that is none. */
    public static Optional<JsonNode> checked(String printed) {
        try {
            JsonNode session = MAPPER.readTree(printed).path(0);
            return session.isObject() ? Optional.of(session) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A session's report as {@code wattline check --json} prints it. */
    public static Optional<JsonNode> checked(SessionReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ReportJson json = new ReportJson(out)) {
            json.add(report);
        }
        return checked(out.toString(StandardCharsets.UTF_8));
    }

    /** As one JSON object. */
    public String json() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("session", session);
        root.put("folder", folder.toString());
        root.set("suspicions", MAPPER.valueToTree(suspicions));
        root.set("check", check.orElse(MAPPER.nullNode()));
        root.put("report", report.map(Path::toString).orElse(null));
        return MAPPER.writeValueAsString(root);
    }

    /** As lines for a terminal, each with a name in front. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        check.ifPresent(session -> {
            JsonNode metric = session.path("metric");
            lines.add("power     " + power(metric));
            lines.add("metric    " + metric(metric));
            JsonNode together = session.path("together");
            lines.add("verdict   " + together.path("level").asString("") + ": "
                    + together.path("text").asString(""));
            for (JsonNode one : session.path("checks")) {
                if (one.path("verdict").asString("").equals("fail")) {
                    lines.add("          failed: " + one.path("name").asString(""));
                }
            }
            for (JsonNode finding : session.path("audit")) {
                if (finding.path("severity").asString("").equals("error")) {
                    lines.add("          audit: " + finding.path("message").asString(""));
                }
            }
        });
        suspicions.forEach(why -> lines.add("suspect   " + why));
        report.ifPresent(file -> lines.add("report    " + file));
        lines.add("next      wattline check " + folder + "   explains each finding");
        return lines;
    }

    private static String power(JsonNode metric) {
        double watts = metric.path("avgWatts").asDouble(Double.NaN);
        double joules = metric.path("energyJ").asDouble(Double.NaN);
        if (Double.isNaN(watts) || Double.isNaN(joules)) {
            return "not known" + notes(metric);
        }
        double share = relativeHalfWidth(metric);
        return String.format(
                Locale.ROOT,
                "%s W on average, %s J over %.1f s, from %d samples",
                Numbers.within(watts, share * watts),
                Numbers.within(joules, share * joules),
                joules / watts,
                metric.path("samples").asLong(0));
    }

    private static String metric(JsonNode metric) {
        double value = metric.path("value").asDouble(Double.NaN);
        if (Double.isNaN(value)) {
            return "not computed" + notes(metric);
        }
        String unit = metric.path("unit").asString("");
        double halfWidth = relativeHalfWidth(metric) * value;
        String interval = Double.isNaN(halfWidth)
                ? ""
                : " (95 % interval "
                        + Numbers.within(metric.path("ci95").path(0).asDouble(), halfWidth) + " to "
                        + Numbers.within(metric.path("ci95").path(1).asDouble(), halfWidth) + " " + unit + ")";
        return Numbers.within(value, halfWidth) + " " + unit + interval + ", "
                + metric.path("scenario").asString("");
    }

    /** Half the metric's interval as a share of it; NaN if not known. */
    private static double relativeHalfWidth(JsonNode metric) {
        JsonNode ci95 = metric.path("ci95");
        double value = metric.path("value").asDouble(Double.NaN);
        return ci95.isArray() && ci95.size() == 2
                ? (ci95.path(1).asDouble() - ci95.path(0).asDouble()) / 2 / value
                : Double.NaN;
    }

    private static String notes(JsonNode metric) {
        List<String> notes = new ArrayList<>();
        metric.path("notes").forEach(note -> notes.add(note.asString("")));
        return notes.isEmpty() ? "" : ": " + String.join("; ", notes);
    }
}
