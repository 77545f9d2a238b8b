package dev.wattline.model;

import java.util.List;

/**
 * The reply to {@code Identify}: a record of 19 comma separated fields (12 before PTDaemon 1.5.0).
 *
 * @param model driver name, such as {@code YokogawaWT310E}; {@code -na} at its end means that the instrument gave no
 *     identification
 * @param averagingMillis shortest sampling interval in ms
 * @param version PTDaemon's version up to the first dash, such as {@code 1.11.1}; empty if the field is absent
 * @param build the whole version field behind {@code version=}, such as {@code 1.11.1-69286632-20240907}; empty if absent
 * @param os the director's operating system as PTDaemon names it; empty if absent
 * @param mode {@code power} or {@code temperature}; empty if absent
 * @param channels number of channels as reported, which 1.9.2 gets wrong: count the channels of a row instead; 0 if absent
 * @param instrument maker;model;serial;firmware; empty if absent
 * @param fields all fields as received
 */
public record AnalyzerIdentity(
        String model,
        int averagingMillis,
        String version,
        String build,
        String os,
        String mode,
        int channels,
        String instrument,
        List<String> fields) {
    private static final int LEAST_FIELDS = 12;

    public AnalyzerIdentity {
        fields = List.copyOf(fields);
    }

    /**
     * @throws IllegalArgumentException if the reply has fewer than 12 fields or its interval is no number
     */
    public static AnalyzerIdentity parse(String reply) {
        List<String> fields = List.of(reply.strip().split(",", -1));
        if (fields.size() < LEAST_FIELDS) {
            throw new IllegalArgumentException("expected an identity of at least " + LEAST_FIELDS
                    + " comma separated fields, got " + fields.size() + ": '" + reply + "'");
        }
        String build = after(fields, "version=");
        int dash = build.indexOf('-');
        return new AnalyzerIdentity(
                fields.get(0),
                integer(fields, 1),
                dash < 0 ? build : build.substring(0, dash),
                build,
                after(fields, "OS="),
                after(fields, "mode="),
                fields.size() > 14 ? integer(fields, 14) : 0,
                fields.size() > 18 ? String.join(",", fields.subList(18, fields.size())) : "",
                fields);
    }

    private static int integer(List<String> fields, int index) {
        try {
            return Integer.parseInt(fields.get(index).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field " + (index + 1) + ": expected an integer, got '" + fields.get(index) + "'", e);
        }
    }

    private static String after(List<String> fields, String key) {
        for (String field : fields) {
            if (field.startsWith(key)) {
                return field.substring(key.length());
            }
        }
        return "";
    }
}
