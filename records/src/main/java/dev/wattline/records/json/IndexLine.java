package dev.wattline.records.json;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line of an index as JSON. */
public final class IndexLine {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private IndexLine() {}

    /** An entry in one line, without its end. */
    public static String text(Map<String, Object> entry) {
        return MAPPER.writeValueAsString(entry);
    }

    /**
     * A line as a tree.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    static JsonNode tree(byte[] bytes, int from, int length) {
        try {
            return MAPPER.readTree(bytes, from, length);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(String.valueOf(e.getOriginalMessage()), e);
        }
    }
}
