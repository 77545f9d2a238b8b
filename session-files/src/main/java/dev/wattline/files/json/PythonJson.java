package dev.wattline.files.json;

import dev.wattline.model.PythonFloat;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Text as Python's {@code json.dump(..., indent=4)} writes it, so that a file of ours and one of the reference differ only
 * where their content does: four blanks, {@code ": "}, ASCII with lower-case escapes, floats in their shortest form.
 */
final class PythonJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();
    private static final PrettyPrinter LAYOUT = layout();

    private PythonJson() {}

    /** What is written, given a generator. */
    interface Body {
        void write(JsonGenerator out);
    }

    static String text(Body body) {
        StringWriter text = new StringWriter();
        ObjectWriteContext context = new ObjectWriteContext.Base() {
            @Override
            public PrettyPrinter getPrettyPrinter() {
                return ((DefaultPrettyPrinter) LAYOUT).createInstance();
            }

            @Override
            public boolean hasPrettyPrinter() {
                return true;
            }
        };
        try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
            body.write(out);
        }
        return text.toString();
    }

    /** A float in Python's form; what JSON has no number for is written as Python does, {@code NaN} and its kin. */
    static void number(JsonGenerator out, double value) {
        if (Double.isNaN(value)) {
            out.writeRawValue("NaN");
        } else if (Double.isInfinite(value)) {
            out.writeRawValue(value > 0 ? "Infinity" : "-Infinity");
        } else {
            out.writeNumber(PythonFloat.repr(value));
        }
    }

    /**
     * Any value that JSON has a form for.
     *
     * @throws IllegalArgumentException for other types
     */
    static void value(JsonGenerator out, @Nullable Object value) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            number(out, ((Number) value).doubleValue());
        } else if (value instanceof Number integer) {
            out.writeNumber(integer.toString());
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((key, element) -> {
                out.writeName(String.valueOf(key));
                value(out, element);
            });
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            elements.forEach(element -> value(out, element));
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
    }

    private static PrettyPrinter layout() {
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
