package dev.wattline.sut.telemetry.source;

import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The log of readings that the runner takes itself: CSV in UTF-8 with the columns of {@link #HEADER}. {@code value} is as
 * it was read, with no wrap-around taken out and no unit changed; {@code status} is {@code ok} or why there is no value.
 * Flushed every ten seconds. For one thread at a time.
 */
final class ReadingLog implements PowerReader.Readings {
    static final String HEADER = "utc_ms,mono_ns,source,entity,scope,quantity,value,unit,status";

    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String source;
    private final TimeSource time;
    private final BufferedWriter out;
    private final Map<String, Integer> missing = new TreeMap<>();
    private long markNanos;
    private long flushedNanos;
    private long values;
    private OptionalLong toldMillis = OptionalLong.empty();

    ReadingLog(String source, Path file, TimeSource time) {
        this.source = source;
        this.time = time;
        try {
            out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            out.write(HEADER + "\n");
            out.flush();
        } catch (IOException e) {
            throw new SutException("could not write " + file + ": " + IoErrors.of(e), null, e);
        }
        flushedNanos = time.nanoTime();
    }

    /** A round of readings begins now. */
    void begin() {
        markNanos = time.nanoTime();
        toldMillis = OptionalLong.empty();
    }

    /** A round is over. */
    void end() {
        long now = time.nanoTime();
        if (now - flushedNanos >= FLUSH_NANOS) {
            flush();
            flushedNanos = now;
        }
    }

    @Override
    public void at(long epochMillis) {
        toldMillis = OptionalLong.of(epochMillis);
    }

    @Override
    public void value(Series series, String raw) {
        values++;
        row(series, raw, "ok");
    }

    @Override
    public void missing(Series series, String reason) {
        missing.merge(cell(reason), 1, Integer::sum);
        row(series, "", cell(reason));
    }

    private void row(Series series, String value, String status) {
        long now = time.nanoTime();
        long millis = time.epochMillis();
        long age = toldMillis.isPresent()
                ? TimeUnit.MILLISECONDS.toNanos(millis - toldMillis.getAsLong())
                : (now - markNanos) / 2;
        long utc = millis - TimeUnit.NANOSECONDS.toMillis(age);
        try {
            out.append(Long.toString(utc))
                    .append(',')
                    .append(Long.toString(now - age))
                    .append(',')
                    .append(source)
                    .append(',')
                    .append(cell(series.entity()))
                    .append(',')
                    .append(series.scope())
                    .append(',')
                    .append(series.quantity())
                    .append(',')
                    .append(cell(value))
                    .append(',')
                    .append(series.unit())
                    .append(',')
                    .append(status)
                    .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        markNanos = now;
    }

    private static String cell(String text) {
        return text.replaceAll("[,\"\\p{Cntrl}]", "_");
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values written so far. */
    long values() {
        return values;
    }

    /** How many values were missing, by their reason. */
    Map<String, Integer> missing() {
        return new TreeMap<>(missing);
    }

    /**
     * Writes what is left.
     *
     * @throws UncheckedIOException if the disk does not take it
     */
    void close() {
        try (BufferedWriter last = out) {
            last.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
