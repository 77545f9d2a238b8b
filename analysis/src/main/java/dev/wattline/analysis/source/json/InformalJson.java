package dev.wattline.analysis.source.json;

import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.files.SessionFolder;
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
    public static final String FILE = SessionFolder.INFORMAL;

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
     * @param windowBegin begin of what the figures are over
     * @param windowEnd end of that
     */
    public record Ran(
            List<String> command,
            int exitStatus,
            Instant begin,
            Instant end,
            List<String> problems,
            OptionalDouble tokensPerSecond,
            Instant windowBegin,
            Instant windowEnd) {
        public Ran {
            command = List.copyOf(command);
            problems = List.copyOf(problems);
        }

        /** One whose figures are over all of the run. */
        public Ran(
                List<String> command,
                int exitStatus,
                Instant begin,
                Instant end,
                List<String> problems,
                OptionalDouble tokensPerSecond) {
            this(command, exitStatus, begin, end, problems, tokensPerSecond, begin, end);
        }
    }

    /**
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Informal informal) throws IOException {
        Ran ran = informal.ran();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("informal", true);
        ran.command().forEach(root.putArray("command")::add);
        root.put("exitStatus", ran.exitStatus());
        root.put("begin", ran.begin().toString());
        root.put("end", ran.end().toString());
        root.putObject("window")
                .put("begin", ran.windowBegin().toString())
                .put("end", ran.windowEnd().toString());
        StatementJson.put(root, informal.statement(), ran.tokensPerSecond());
        if (!informal.phases().isEmpty()) {
            StatementJson.put(root.putArray("phases"), informal.phases());
        }
        ran.problems().forEach(root.putArray("problems")::add);
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }

    /**
     * A measurement without analyzer.
     *
     * @param ran what was run
     * @param statement what it used
     * @param phases what its phases used, where the workload marked them
     */
    public record Informal(Ran ran, EnergyStatement statement, List<PhaseEnergy> phases) {
        public Informal {
            phases = List.copyOf(phases);
        }

        /** One without phases. */
        public Informal(Ran ran, EnergyStatement statement) {
            this(ran, statement, List.of());
        }
    }

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
            JsonNode window = root.path("window"); // of an earlier version all of the run, or LoadGen's
            String begin = root.path("begin").asString("");
            String end = root.path("end").asString("");
            Ran ran = new Ran(
                    StatementJson.texts(root.path("command")),
                    root.path("exitStatus").asInt(0),
                    Instant.parse(begin),
                    Instant.parse(end),
                    StatementJson.texts(root.path("problems")),
                    rate.isNumber() ? OptionalDouble.of(rate.asDouble()) : OptionalDouble.empty(),
                    Instant.parse(window.path("begin").asString(begin)),
                    Instant.parse(window.path("end").asString(end)));
            return new Informal(ran, StatementJson.read(root), StatementJson.phases(root.path("phases")));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        } catch (JacksonException | DateTimeParseException e) {
            throw new AnalysisInputException(file + ": is damaged: " + e.getMessage(), REMEDY, e);
        }
    }
}
