package dev.wattline.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code reference.json} or {@code truth.json} of a folder; it may hold NaN, which is no JSON. */
final class TruthFile {
    private TruthFile() {}

    static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(Files.readString(file).replace("NaN", "null"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
