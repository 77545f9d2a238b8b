package dev.wattline.protocol.lab.json;

import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes and reads messages as lines of JSON. */
public final class LabJson {
    private static final int MOST_DEEP = 8;
    private static final int MOST_DIGITS = 24;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEEP)
                    .maxNumberLength(MOST_DIGITS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private LabJson() {}

    /** The message as a line, without its end. */
    public static String line(LabMessage message) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, message);
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, Object value) {
        if (value instanceof LabMessage object) {
            json.writeStartObject();
            object.fields().forEach((key, one) -> {
                json.writeName(key);
                write(json, one);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(one -> write(json, one));
            json.writeEndArray();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof String text) {
            json.writeString(text);
        } else {
            throw new IllegalArgumentException("a message has no " + value.getClass());
        }
    }

    /**
     * Reads a line.
     *
     * @throws LabMessageException if it is no object in JSON, with a key twice, or nested deeper than any message is
     */
    public static LabMessage parse(String line) {
        try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new LabMessageException("expected an object in JSON");
            }
            LabMessage message = object(json);
            if (json.nextToken() != null) {
                throw new LabMessageException("expected one object a line");
            }
            return message;
        } catch (JacksonException e) {
            throw new LabMessageException("expected an object in JSON: " + e.getOriginalMessage());
        }
    }

    private static LabMessage object(JsonParser json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                fields.put(key, value(json, token));
            }
        }
        return new LabMessage(fields);
    }

    private static Object value(JsonParser json, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                    list.add(value(json, next));
                }
                yield List.copyOf(list);
            }
            case VALUE_STRING -> json.getString();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> {
                double number = json.getDoubleValue();
                if (!Double.isFinite(number)) {
                    throw new LabMessageException("a number is too large");
                }
                yield number;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new LabMessageException("expected a text, a number, true, false, a list or an object");
        };
    }
}
