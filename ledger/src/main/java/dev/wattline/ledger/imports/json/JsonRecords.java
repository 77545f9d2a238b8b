package dev.wattline.ledger.imports.json;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.json.JsonFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Objects of a JSON file one by one, each as texts by dotted keys, numbers with the digits that they are printed with: an
 * array of objects, an object a line, or a single object.
 */
public final class JsonRecords {
    private static final int DEEP = 64;

    private JsonRecords() {}

    /** Takes the objects. */
    public interface Sink {
        /**
         * @param place a JSON pointer
         */
        void accept(String place, Map<String, String> fields) throws IOException;
    }

    /**
     * Reads all objects.
     *
     * @throws LedgerException if the file is no JSON or holds something else; the message names line and column
     * @throws IOException if it cannot be read, or the sink fails
     */
    public static void read(Path file, Sink sink) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser parser = JsonFile.parser(in)) {
            long index = 0;
            boolean array = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY && index == 0 && !array) {
                    array = true;
                } else if (token == JsonToken.START_OBJECT) {
                    sink.accept("/" + index, object(parser));
                    index++;
                } else if (token != JsonToken.END_ARRAY) {
                    throw new LedgerException(
                            file + ": expected an array of objects, or an object a line",
                            "Export the table in that form.",
                            null);
                }
            }
        } catch (JacksonException e) {
            throw JsonFile.notJson(file, e);
        }
    }

    /** The object whose begin was read, flat: keys of objects within it are joined by dots. */
    static Map<String, String> object(JsonParser parser) {
        Map<String, String> fields = new LinkedHashMap<>();
        object(parser, "", fields, 0);
        return fields;
    }

    private static void object(JsonParser parser, String prefix, Map<String, String> fields, int depth) {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = prefix + parser.currentName();
            value(parser, parser.nextToken(), key, fields, depth);
        }
    }

    private static void value(JsonParser parser, JsonToken token, String key, Map<String, String> fields, int depth) {
        if (token == JsonToken.START_OBJECT && depth < DEEP) {
            object(parser, key + ".", fields, depth + 1);
        } else if (token == JsonToken.START_ARRAY) {
            // Of a list the first texts count, such as the names of the cards; long lists of samples do not.
            int index = 0;
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                if (next.isStructStart()) {
                    parser.skipChildren();
                } else if (next == JsonToken.VALUE_STRING) {
                    fields.put(key + "." + index, parser.getString());
                }
                index++;
            }
        } else if (token.isStructStart()) {
            parser.skipChildren();
        } else if (token != JsonToken.VALUE_NULL) {
            fields.put(key, parser.getString());
        }
    }
}
