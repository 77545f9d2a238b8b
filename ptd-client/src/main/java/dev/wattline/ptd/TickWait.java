package dev.wattline.ptd;

import java.time.Duration;

/**
 * What a deadline must allow for on top because PTDaemon waits for the analyzer's next tick: the first command behind a
 * {@code Stop} is answered only when the current sample is complete, and {@code RL,<n>} may wait for the next one. Follows
 * the command lines in the order in which they are sent; for use by one thread.
 */
final class TickWait {
    /** The longest interval that an analyzer is known to have as its own, that of the dummy temperature sensor. */
    static final Duration DEVICE_INTERVAL = Duration.ofSeconds(5);

    private Duration interval = DEVICE_INTERVAL;
    private boolean stopped;

    /** Notes that this line is sent now, and says how much longer than usual its reply may take. */
    Duration sending(String line) {
        String verb = Wire.verb(line);
        Duration extra = stopped || (verb.equals("RL") && line.indexOf(',') > 0) ? interval : Duration.ZERO;
        stopped = verb.equals("Stop");
        if (verb.equals("Go")) {
            interval = intervalOf(line, 1);
        } else if (verb.equals("Timed")) {
            interval = intervalOf(line, 2);
        }
        return extra;
    }

    private static Duration intervalOf(String line, int field) {
        String[] fields = line.split(",", -1);
        try {
            int millis = field < fields.length ? Integer.parseInt(fields[field].strip()) : 0;
            return millis > 0 ? Duration.ofMillis(millis) : DEVICE_INTERVAL;
        } catch (NumberFormatException e) {
            return DEVICE_INTERVAL; // PTDaemon will refuse the line
        }
    }
}
