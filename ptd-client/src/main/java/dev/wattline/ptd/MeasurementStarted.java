package dev.wattline.ptd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reply to {@code Go}.
 *
 * @param maxSamples the number of samples at which PTDaemon stops by itself, 500 000
 * @param intervalMillis sampling interval in ms
 * @param rampUpSamples samples left out at the start
 * @param text the reply line, which the official checker compares as text
 */
public record MeasurementStarted(int maxSamples, int intervalMillis, int rampUpSamples, String text) {
    private static final Pattern REPLY = Pattern.compile(
            "Starting untimed measurement, maximum (\\d{1,9}) samples at (\\d{1,9})ms with (\\d{1,9}) rampup samples");

    /**
     * @throws IllegalArgumentException if the line is no such reply
     */
    static MeasurementStarted parse(String line) {
        String text = line.strip();
        Matcher matcher = REPLY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected 'Starting untimed measurement, maximum <n> samples at <n>ms"
                    + " with <n> rampup samples'");
        }
        return new MeasurementStarted(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                text);
    }
}
