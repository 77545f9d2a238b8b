package dev.wattline.records.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code informal.json} of a measurement without analyzer says, as far as an index needs it.
 *
 * @param exitStatus of the command
 * @param begin when it began
 * @param end when it ended
 * @param seconds of the window that the figures are over
 * @param problems what went wrong with the sources
 * @param figures by scope and by source: {@code energyJ} with {@code lo} and {@code hi}, {@code meanW}, {@code jPerToken}
 * @param outermost the same of the outermost scope, with {@code scope} and {@code method}; empty if nothing gave a figure
 */
public record InformalFile(
        int exitStatus,
        Instant begin,
        Instant end,
        double seconds,
        List<String> problems,
        Map<String, Map<String, Map<String, Object>>> figures,
        Map<String, Object> outermost) {
    private static final String REMEDY = "'wattline run --no-director' writes it; measure again.";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public InformalFile {
        problems = List.copyOf(problems);
    }

    /**
     * Reads it.
     *
     * @throws SessionFilesException if it cannot be read or is damaged
     */
    public static InformalFile read(Path file) {
        try {
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            double seconds = root.path("seconds").asDouble(Double.NaN);
            Map<String, Map<String, Map<String, Object>>> figures = new LinkedHashMap<>();
            root.path("energies").forEach(energy -> put(figures, energy, text(energy, "source"), seconds));
            JsonNode wall = root.path("wall");
            put(figures, wall, "calibrated-model", wall.path("seconds").asDouble(seconds));
            JsonNode report = root.path("energyReport");
            Map<String, Object> outermost = new LinkedHashMap<>();
            if (report.path("energyJ").isNumber()) {
                outermost.put("scope", text(report, "scope"));
                outermost.put("method", text(report, "measurementMethod"));
                double energy = report.path("energyJ").asDouble();
                outermost.putAll(figure(report, energy / report.path("meanW").asDouble(Double.NaN)));
            }
            List<String> problems = new ArrayList<>();
            root.path("problems").forEach(problem -> problems.add(problem.asString("")));
            return new InformalFile(
                    root.path("exitStatus").asInt(-1),
                    Instant.parse(text(root, "begin")),
                    Instant.parse(text(root, "end")),
                    seconds,
                    problems,
                    figures,
                    outermost);
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be read: " + IoErrors.of(e), REMEDY, e);
        } catch (JacksonException | DateTimeParseException e) {
            throw new SessionFilesException(file, "is damaged: " + e.getMessage(), REMEDY, e);
        }
    }

    private static void put(
            Map<String, Map<String, Map<String, Object>>> figures, JsonNode energy, String source, double seconds) {
        if (energy.path("energyJ").isNumber()) {
            figures.computeIfAbsent(name(text(energy, "scope")), scope -> new LinkedHashMap<>())
                    .put(name(source), figure(energy, seconds));
        }
    }

    /** A dot would divide a key of the index. */
    private static String name(String text) {
        return text.replace('.', '_');
    }

    private static Map<String, Object> figure(JsonNode energy, double seconds) {
        Map<String, Object> figure = new LinkedHashMap<>();
        double joules = energy.path("energyJ").asDouble();
        figure.put("energyJ", joules);
        JsonNode interval = energy.path("intervalJ");
        if (interval.size() == 2) {
            figure.put("lo", interval.path(0).asDouble());
            figure.put("hi", interval.path(1).asDouble());
        }
        if (seconds > 0) {
            figure.put("meanW", joules / seconds);
        }
        if (energy.path("jPerToken").isNumber()) {
            figure.put("jPerToken", energy.path("jPerToken").asDouble());
        }
        return figure;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
