package dev.wattline.analysis.source.json;

import dev.wattline.analysis.source.EnergyStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code sources.json}: what several sources said in a session beside an analyzer. */
public final class SourcesJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-sources/1";

    /** The file's name in a session's {@code analysis} folder. */
    public static final String FILE = "sources.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SourcesJson() {}

    /**
     * @param begin of the window, by the director's clock
     * @param end of the window
     * @param tokensPerSecond tokens that LoadGen counted; empty where it counts none
     * @throws IOException if the file cannot be written
     */
    public static void write(
            Path file, EnergyStatement statement, Instant begin, Instant end, OptionalDouble tokensPerSecond)
            throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("begin", begin.toString());
        root.put("end", end.toString());
        StatementJson.put(root, statement, tokensPerSecond);
        Files.write(file, MAPPER.writeValueAsBytes(root));
    }
}
