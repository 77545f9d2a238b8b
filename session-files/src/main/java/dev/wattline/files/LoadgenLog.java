package dev.wattline.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LoadGen's {@code mlperf_log_detail.txt}. The power window stands in two of its lines, as
 * {@code "value": "07-28-2025 22:21:17.271"}, in UTC.
 */
public final class LoadgenLog {
    /** The name that LoadGen gives its detailed log. */
    public static final String DETAIL = "mlperf_log_detail.txt";

    /** The name that LoadGen gives its summary. */
    public static final String SUMMARY = "mlperf_log_summary.txt";

    private static final Pattern TIME =
            Pattern.compile("(\\d{1,2})-(\\d{1,2})-(\\d{4}) (\\d{1,2}):(\\d{1,2}):(\\d{1,2})\\.(\\d{1,6})");

    private static final Pattern TOKENS = Pattern.compile(
            "\"key\": \"result_(completed_|)tokens_per_second\", \"value\": (\\d{1,15}(?:\\.\\d{1,15})?)[,}]");

    /** How many characters of a line are read: those of the power window have some 300. */
    public static final int MAX_LINE = 4096;

    private LoadgenLog() {}

    /**
     * The power window of a detailed log; empty if it lacks either end. The first line that names an end and carries a
     * time counts. Bytes that are no UTF-8, and lines of any length, do no harm.
     *
     * @throws IOException if the file cannot be read
     */
    public static Optional<PowerWindow> powerWindow(Path detail) throws IOException {
        return scan(detail).window();
    }

    /**
     * What was found in a detailed log.
     *
     * @param window see {@link #powerWindow}
     * @param longLines how many lines, up to the one that ends the window, were not read to their end because they have more
     *     than {@link #MAX_LINE} characters
     */
    public record Scan(Optional<PowerWindow> window, long longLines) {}

    /**
     * The same as {@link #powerWindow}, with what was left out.
     *
     * @throws IOException if the file cannot be read
     */
    public static Scan scan(Path detail) throws IOException {
        Instant begin = null;
        Instant end = null;
        long longLines;
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(detail), MAX_LINE)) {
            for (String line = lines.next(); line != null && (begin == null || end == null); line = lines.next()) {
                // Real logs write the key in lower case; the reference looks for it in any.
                String lower = line.toLowerCase(Locale.ROOT);
                if (begin == null && lower.contains("power_begin")) {
                    begin = time(line);
                } else if (end == null && lower.contains("power_end")) {
                    end = time(line);
                }
            }
            longLines = lines.cutLines();
        }
        return new Scan(
                begin == null || end == null ? Optional.empty() : Optional.of(new PowerWindow(begin, end)), longLines);
    }

    /**
     * The tokens that a run gave each second, of a language model: those of completed queries where LoadGen tells them
     * (Server), else of all (Offline); empty of other models.
     *
     * @throws IOException if the file cannot be read
     */
    public static OptionalDouble tokensPerSecond(Path detail) throws IOException {
        double completed = Double.NaN;
        double all = Double.NaN;
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(detail), MAX_LINE)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                Matcher rate = TOKENS.matcher(line);
                if (rate.find()) {
                    double value = Double.parseDouble(rate.group(2));
                    if (rate.group(1).isEmpty()) {
                        all = value;
                    } else {
                        completed = value;
                    }
                }
            }
        }
        double rate = Double.isNaN(completed) ? all : completed;
        return rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty();
    }

    private static @Nullable Instant time(String line) {
        Matcher matcher = TIME.matcher(line);
        if (!matcher.find()) {
            return null;
        }
        String fraction = (matcher.group(7) + "000000000").substring(0, 9);
        try {
            return LocalDateTime.of(
                            Integer.parseInt(matcher.group(3)),
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            Integer.parseInt(matcher.group(6)),
                            Integer.parseInt(fraction))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null; // digits in the right places, but no date: as good as no time
        }
    }
}
