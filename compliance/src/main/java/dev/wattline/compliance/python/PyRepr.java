package dev.wattline.compliance.python;

import dev.wattline.model.PythonFloat;
import dev.wattline.model.PythonRepr;
import java.util.List;
import java.util.Map;

/** Values as Python prints them, which is how they stand in the official checker's messages. */
public final class PyRepr {
    private PyRepr() {}

    /** {@code str(value)}: text as it is, everything else as {@link #repr}. */
    public static String str(Object value) {
        return value instanceof String text ? text : repr(value);
    }

    /** {@code repr(value)}. */
    public static String repr(Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, Object value) {
        if (value instanceof String text) {
            out.append(PythonRepr.of(text));
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value instanceof Double number) {
            out.append(PythonFloat.repr(number));
        } else if (value instanceof List<?> list) {
            out.append('[');
            String separator = "";
            for (Object element : list) {
                out.append(separator);
                append(out, element);
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                append(out, entry.getKey());
                out.append(": ");
                append(out, entry.getValue());
                separator = ", ";
            }
            out.append('}');
        } else {
            out.append(value);
        }
    }
}
