package dev.wattline.compliance.facts;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyTime;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.files.BoundedLines;
import dev.wattline.files.LoadgenLog;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The entries of LoadGen's detailed log that power needs, by key; of an entry that is there twice the first, as the
 * submission checker takes it.
 */
public final class LoadgenDetail {
    private static final String MARKER = ":::MLLOG";
    private static final String KEY = "{\"key\": \"";
    private static final String TRAINING = "\"key\": \"submission_benchmark\""; // MLPerf Training's log puts it later
    private static final int MAX_LINE = 1 << 16; // the entries wanted have a few hundred characters
    private static final Set<String> WANTED = Set.of(
            "power_begin",
            "power_end",
            "loadgen_version",
            "effective_scenario",
            "effective_samples_per_query",
            "result_validity",
            "result_query_count",
            "result_qps_with_loadgen_overhead",
            "result_qps_without_loadgen_overhead",
            "generated_query_count",
            "generated_samples_per_query",
            "result_samples_per_second",
            "result_tokens_per_second",
            "result_completed_tokens_per_second",
            "result_inferred_tokens_per_second",
            "result_inferred_completed_tokens_per_second",
            "result_scheduled_samples_per_sec",
            "result_completed_samples_per_sec",
            "result_90.00_percentile_latency_ns",
            "result_mean_latency_ns",
            "result_mean_query_latency_ns",
            "early_stopping_latency_ss",
            "early_stopping_latency_ms");

    private final String file;
    private final Map<String, Object> entries = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private boolean training;

    private LoadgenDetail(String file) {
        this.file = file;
    }

    /**
     * @param folder {@code ranging} or {@code run_1}
     * @throws PyError if the log cannot be opened
     * @throws IOException if it cannot be read
     */
    static LoadgenDetail read(SessionView view, String folder) throws IOException {
        LoadgenDetail detail = new LoadgenDetail(folder + "/" + LoadgenLog.DETAIL);
        try (BoundedLines bounded = new BoundedLines(view.open(detail.file), MAX_LINE)) {
            long number = 0;
            for (String line = bounded.next(); line != null; line = bounded.next()) {
                detail.entry(line, ++number);
            }
        }
        return detail;
    }

    private void entry(String line, long number) {
        if (!line.startsWith(MARKER)) {
            return;
        }
        int from = line.indexOf(KEY);
        if (from < 0) {
            training |= line.contains(TRAINING);
            return;
        }
        int to = line.indexOf('"', from + KEY.length());
        String key = to < 0 ? "" : line.substring(from + KEY.length(), to);
        if (!WANTED.contains(key) || entries.containsKey(key)) {
            return;
        }
        try {
            if (PyJson.parse(line.substring(MARKER.length())) instanceof Map<?, ?> map && map.get("value") != null) {
                entries.put(key, map.get("value"));
                lines.put(key, number);
            }
        } catch (PyError e) {
            lines.put(key, number); // the audit tells of a window without an end; what is no JSON has no value
        }
    }

    /** The log's name, relative to the session. */
    public String file() {
        return file;
    }

    /** The line of an entry, from 1; 0 if it is not there. */
    public long line(String key) {
        return lines.getOrDefault(key, 0L);
    }

    /** Whether it is no LoadGen's but an MLPerf Training log. */
    public boolean training() {
        return training;
    }

    /** The value of an entry as text. */
    public Optional<String> text(String key) {
        return entries.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The value of an entry as a number. */
    public OptionalDouble number(String key) {
        Object value = entries.get(key);
        return value != null && PyNumbers.isNumber(value)
                ? OptionalDouble.of(PyNumbers.toFloat(value))
                : OptionalDouble.empty();
    }

    /** The power window as the log has it, in microseconds since the epoch; empty if an end is missing. */
    public Optional<Window> window() {
        Optional<String> begin = text("power_begin");
        Optional<String> end = text("power_end");
        if (begin.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Window(PyTime.parse(begin.get()), PyTime.parse(end.get())));
        } catch (PyError e) {
            return Optional.empty(); // the official check names the time that is none
        }
    }

    /**
     * The round that LoadGen says it is of, such as {@code v4.1} for {@code 4.1 @ c8333bc} and {@code v6.0} for
     * {@code 6.0.17}; empty if it does not say. The LoadGen of v1.0 called itself {@code .5a1}.
     */
    public Optional<String> round() {
        return text("loadgen_version").map(LoadgenDetail::round).filter(round -> !round.isEmpty());
    }

    private static String round(String version) {
        if (version.startsWith(".5a1")) {
            return "v1.0";
        }
        int end = 0;
        int dots = 0;
        while (end < version.length()) {
            char c = version.charAt(end);
            if (c == '.' ? ++dots == 2 : c < '0' || c > '9') {
                break;
            }
            end++;
        }
        return dots == 0 || end < 3 ? "" : "v" + version.substring(0, end);
    }
}
