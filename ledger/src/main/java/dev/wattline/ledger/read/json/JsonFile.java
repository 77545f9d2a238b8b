package dev.wattline.ledger.read.json;

import dev.wattline.ledger.LedgerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small JSON file as Java values: maps in the file's order, lists, strings, numbers, booleans, null. Of a key that an
 * object has twice, the last counts, as in Python; numbers that JSON does not know, such as NaN, are read.
 */
public final class JsonFile {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonFile() {}

    /**
     * The whole file.
     *
     * @throws LedgerException if it is no JSON; the message names line and column
     * @throws IOException if it cannot be read
     */
    public static Object read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            Object value = MAPPER.readValue(bytes, Object.class);
            if (value == null) {
                throw new LedgerException(file + ": expected JSON, got null", "Get the file again.", null);
            }
            return value;
        } catch (JacksonException e) {
            throw notJson(file, e);
        }
    }

    /**
     * The whole file, which is one object.
     *
     * @throws LedgerException if it is none
     * @throws IOException if it cannot be read
     */
    @SuppressWarnings("unchecked") // keys of a JSON object are strings
    public static Map<String, Object> object(Path file) throws IOException {
        if (read(file) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new LedgerException(file + ": expected a JSON object", "Look whether it is the right file.", null);
    }

    /** A parser of a stream, which it closes. */
    public static JsonParser parser(InputStream in) {
        return MAPPER.createParser(in);
    }

    /** What to say of a file that breaks off or is no JSON; the message names line and column. */
    public static LedgerException notJson(Path file, JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
        return new LedgerException(
                file + place + ": the JSON ends or breaks here: " + e.getOriginalMessage(),
                "Get the file again; it may have been cut while it was copied.",
                e);
    }
}
