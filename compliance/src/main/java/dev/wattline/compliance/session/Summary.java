package dev.wattline.compliance.session;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.files.SessionFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A summary, {@code power/client.json} or {@code power/server.json}, as a tree of Python's values. */
public final class Summary {
    /** The SUT's summary. */
    public static final String CLIENT = SessionFile.CLIENT_JSON.place();

    /** The director's summary. */
    public static final String SERVER = SessionFile.SERVER_JSON.place();

    private static final List<String> REQUIRED = List.of(
            "version", "timezone", "modules", "sources", "messages", "uuid", "session_name", "results", "phases");

    private final String name;
    private final String text;
    private final Map<String, Object> fields;
    private final @Nullable PyError trouble;

    private Summary(String name, String text, Map<String, Object> fields, @Nullable PyError trouble) {
        this.trouble = trouble;
        this.name = name;
        this.text = text;
        this.fields = fields;
    }

    /**
     * @throws PyError if the file cannot be read, is no JSON object or lacks a field that every summary has
     */
    public static Summary load(SessionView view, String name) {
        String text = view.text(name);
        try {
            Map<String, Object> fields = PyValues.object(PyJson.parse(text));
            List<String> absent = new ArrayList<>(REQUIRED);
            absent.removeAll(fields.keySet());
            if (!absent.isEmpty()) {
                throw new PyError("summary-incomplete", "lacks " + String.join(", ", absent));
            }
            return new Summary(name, text, fields, null);
        } catch (PyError e) {
            throw e.in(name, 0);
        }
    }

    /** A summary, or one without fields if it does not load: {@link #require} tells why. */
    public static Summary loadOrAbsent(SessionView view, String name) {
        try {
            return load(view, name);
        } catch (PyError e) {
            return new Summary(name, "{}", Map.of(), e);
        }
    }

    /**
     * For what needs this summary.
     *
     * @throws PyError if it did not load
     */
    public void require() {
        if (trouble != null) {
            throw trouble;
        }
    }

    /** The file's name relative to the session. */
    public String name() {
        return name;
    }

    /**
     * The value of a field.
     *
     * @throws PyError if there is none
     */
    public Object field(String key) {
        try {
            return PyValues.item(fields, key);
        } catch (PyError e) {
            throw e.in(name, 0);
        }
    }

    /** The value of a field, or another if there is none. */
    public Object field(String key, Object absent) {
        return fields.getOrDefault(key, absent);
    }

    /** The line on which the value at this path begins, from 1; 0 if there is none. */
    public long line(Object... path) {
        return PyJson.lineOf(text, path);
    }
}
