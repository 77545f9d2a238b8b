package dev.wattline.sut.workload;

import java.util.Locale;

/** Lines of {@code mlperf_log_detail.txt}: one event each, a JSON object after {@code :::MLLOG}. */
final class DetailLines {
    private final StringBuilder text = new StringBuilder(16 * 1024);
    private final long pid;
    private double timeMs;

    DetailLines(long pid) {
        this.pid = pid;
    }

    /** The time of the following events, in milliseconds since the program's start. */
    void at(double timeMs) {
        this.timeMs = timeMs;
    }

    void text(String key, String value) {
        raw(key, "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    /** A number, a boolean, or text that is JSON already. */
    void raw(String key, Object value) {
        text.append(String.format(
                Locale.ROOT,
                ":::MLLOG {\"key\": \"%s\", \"value\": %s, \"time_ms\": %.6f, \"namespace\": \"mlperf::logging\","
                        + " \"event_type\": \"POINT_IN_TIME\", \"metadata\": {\"is_error\": false, \"is_warning\": false,"
                        + " \"file\": \"SgemmWorkload.java\", \"line_no\": 0, \"pid\": %d, \"tid\": %d}}\n",
                key,
                value,
                timeMs,
                pid,
                pid));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
