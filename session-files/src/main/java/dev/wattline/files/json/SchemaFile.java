package dev.wattline.files.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON file of ours whose key {@code schema} says what it is. */
final class SchemaFile {
    static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SchemaFile() {}

    /**
     * Reads one.
     *
     * @throws SessionFilesException if the file cannot be read or has another schema
     */
    static <T> T read(Path file, String schema, Function<JsonNode, T> parser) {
        try {
            JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
            String found = root.path("schema").asString("");
            if (!found.equals(schema)) {
                throw new SessionFilesException(
                        file, "expected the schema " + schema + ", got '" + found + "'", null, null);
            }
            return parser.apply(root);
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be read: " + IoErrors.of(e), null, e);
        } catch (JacksonException e) {
            throw new SessionFilesException(file, "is no JSON: " + JsonTrouble.of(e), null, e);
        } catch (DateTimeException e) {
            throw new SessionFilesException(file, "has a broken time: " + e.getMessage(), null, e);
        }
    }

    /**
     * Writes one, with the folder it lies in; it appears whole or not at all.
     *
     * @throws SessionFilesException if it cannot be written
     */
    static void write(Path file, JsonNode tree) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            DurableFile.replace(file, MAPPER.writeValueAsBytes(tree));
        } catch (IOException e) {
            throw new SessionFilesException(file, "cannot be written: " + IoErrors.of(e), null, e);
        }
    }
}
