package dev.wattline.analysis.source.json;

import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.source.EnergyStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code informal.json}: what a measurement without analyzer came to. */
public final class InformalJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-informal/1";

    /** The file's name in a session's folder; it marks the folder as one that no submission can be made of. */
    public static final String FILE = "informal.json";

    private static final String REMEDY =
            "'wattline measure -o' and 'wattline run --no-director' write it; measure again.";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private InformalJson() {}

    /**
     * What was run.
     *
     * @param command its command line
     * @param exitStatus its exit status
     * @param begin when it began, UTC
     * @param end when it ended, UTC
     * @param problems what went wrong with the sources, a sentence each
     * @param tokensPerSecond tokens that LoadGen counted; empty where it counts none
     */
    public record Ran(
            List<String> command,
            int exitStatus,
            Instant begin,
            Instant end,
            List<String> problems,
            OptionalDouble tokensPerSecond) {
        public Ran {
            command = List.copyOf(command);
            problems = List.copyOf(problems);
        }
    }

    /**
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Ran ran, EnergyStatement statement) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("informal", true);
        ran.command().forEach(root.putArray("command")::add);
        root.put("exitStatus", ran.exitStatus());
        root.put("begin", ran.begin().toString());
        root.put("end", ran.end().toString());
        StatementJson.put(root, statement, ran.tokensPerSecond());
        ran.problems().forEach(root.putArray("problems")::add);
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }

    /**
     * A measurement without analyzer.
     *
     * @param ran what was run
     * @param statement what it used
     */
    public record Informal(Ran ran, EnergyStatement statement) {}

    /**
     * Reads what {@link #write} wrote, of this version or an earlier one.
     *
     * @throws AnalysisInputException if the file cannot be read or is none
     */
    public static Informal read(Path file) {
        try {
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            if (!root.path("schema").asString("").equals(SCHEMA)) {
                throw new AnalysisInputException(file + ": is no " + SCHEMA, REMEDY);
            }
            JsonNode rate = root.path("tokensPerSecond");
            Ran ran = new Ran(
                    StatementJson.texts(root.path("command")),
                    root.path("exitStatus").asInt(0),
                    Instant.parse(root.path("begin").asString("")),
                    Instant.parse(root.path("end").asString("")),
                    StatementJson.texts(root.path("problems")),
                    rate.isNumber() ? OptionalDouble.of(rate.asDouble()) : OptionalDouble.empty());
            return new Informal(ran, StatementJson.read(root));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        } catch (JacksonException | DateTimeParseException e) {
            throw new AnalysisInputException(file + ": is damaged: " + e.getMessage(), REMEDY, e);
        }
    }
}
