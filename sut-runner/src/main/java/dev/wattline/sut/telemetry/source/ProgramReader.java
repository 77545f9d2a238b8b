package dev.wattline.sut.telemetry.source;

import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads a program that prints a value for each of its devices and ends.
 *
 * @param <K> what tells its devices apart
 */
public final class ProgramReader<K> implements PowerReader {
    private final ProgramCall call;
    private final Function<Result, Map<K, String>> values;
    private final UnaryOperator<String> reason;
    private final Map<K, Series> series;
    private final List<String> notes;

    /**
     * @param values what it printed for each device
     * @param reason why a value is none, in a word of the log's {@code status} column; empty if it is one
     * @param series what is read of each device
     * @param notes what a user is to know
     */
    public ProgramReader(
            ProgramCall call,
            Function<Result, Map<K, String>> values,
            UnaryOperator<String> reason,
            Map<K, Series> series,
            List<String> notes) {
        this.call = call;
        this.values = values;
        this.reason = reason;
        this.series = new LinkedHashMap<>(series);
        this.notes = List.copyOf(notes);
    }

    /** Why a program is no source: what it lacks, how its call ended, and what it said. */
    public static SutException refusal(String lacks, ProgramCall call, Result answer, String remedy) {
        String ended = answer.isLate() ? "no answer" : "status " + answer.status();
        return new SutException(
                lacks + ": '" + String.join(" ", call.command()) + "' ended with " + ended + ": " + answer.said(),
                remedy);
    }

    @Override
    public List<Series> series() {
        return List.copyOf(series.values());
    }

    @Override
    public List<String> origin() {
        return call.command();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void read(Readings readings) {
        Result answer = call.call();
        Map<K, String> printed = values.apply(answer);
        series.forEach((device, one) -> {
            String value = printed.get(device);
            String missing = value != null ? reason.apply(value) : answer.isLate() ? "timeout" : "no-reading";
            if (value != null && missing.isEmpty()) {
                readings.value(one, value);
            } else {
                readings.missing(one, missing);
            }
        });
    }
}
