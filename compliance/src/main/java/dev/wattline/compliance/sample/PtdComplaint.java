package dev.wattline.compliance.sample;

import java.util.Optional;

/**
 * A line on PTDaemon's output that complains.
 *
 * @param error whether it is an {@code ERROR}; else a {@code WARNING}
 * @param text what stands behind that word
 */
public record PtdComplaint(boolean error, String text) {
    private static final String ERROR = "ERROR:";
    private static final String WARNING = "WARNING:";
    private static final String UNCERTAINTY = "Uncertainty ";

    /** The complaint of a message without its time stamp, if it is one. */
    public static Optional<PtdComplaint> of(String message) {
        if (message.startsWith(ERROR)) {
            return Optional.of(
                    new PtdComplaint(true, message.substring(ERROR.length()).strip()));
        }
        if (message.startsWith(WARNING)) {
            return Optional.of(
                    new PtdComplaint(false, message.substring(WARNING.length()).strip()));
        }
        return Optional.empty();
    }

    /** Of a warning about a sample's uncertainty, in any version's words, the percentage; NaN of any other complaint. */
    public double uncertaintyPercent() {
        int percent = text.indexOf('%');
        if (error || !text.startsWith(UNCERTAINTY) || percent < 0) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text.substring(UNCERTAINTY.length(), percent));
        } catch (NumberFormatException e) {
            return Double.NaN; // a line in other words
        }
    }

    /** The line without its time stamp. */
    @Override
    public String toString() {
        return (error ? ERROR : WARNING) + " " + text;
    }
}
