package dev.wattline.compliance.sample;

/**
 * The ranges that PTDaemon's output says were set: of those that the analyzer has, the smallest that holds what was asked
 * for. Not safe for use by several threads.
 */
public final class SetRanges {
    private double volts = Double.NaN;
    private double amps = Double.NaN;

    /** Takes a message without its time stamp; tells whether it is about a range. */
    public boolean message(String message) {
        if (message.startsWith("Volt range set to ") || message.startsWith("Voltage range for channel 1,")) {
            volts = value(message);
        } else if (message.startsWith("Amp range set to ") || message.startsWith("Amp range for channel 1,")) {
            amps = value(message);
        } else if (message.startsWith("Ampere range set to Auto")) {
            amps = Double.NaN;
        } else {
            return false;
        }
        return true;
    }

    /** The number that ends a range message, in front of its unit; NaN for Auto. */
    private static double value(String message) {
        String text = message.substring(message.lastIndexOf(' ') + 1);
        if (!text.endsWith("V") && !text.endsWith("A")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text.substring(0, text.length() - 1));
        } catch (NumberFormatException e) {
            return Double.NaN; // a line that was cut
        }
    }

    /** The voltage range, V; NaN as long as it is automatic or unknown. */
    public double volts() {
        return volts;
    }

    /** The current range, A; NaN as long as it is automatic or unknown. */
    public double amps() {
        return amps;
    }
}
