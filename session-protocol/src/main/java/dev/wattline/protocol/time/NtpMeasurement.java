package dev.wattline.protocol.time;

import dev.wattline.protocol.HostPort;
import java.util.Locale;

/**
 * This machine's clock against an NTP server: the exchange with the least delay out of several.
 *
 * @param offsetMillis what must be added to this machine's clock to make it the server's
 * @param delayMillis the round trip without the server's own time
 * @param stratum the server's distance from a reference clock, 1 to 15; 16 and above where its own clock is not set
 * @param synchronised whether the server says that its own clock is set, by its stratum and its leap indicator
 * @param exchanges how many answers there were to choose from
 */
public record NtpMeasurement(
        HostPort server, double offsetMillis, double delayMillis, int stratum, boolean synchronised, int exchanges) {
    /** Below this many ms a clock counts as in sync, by the rule of the reference tools. */
    public static final double LIMIT_MILLIS = 400;

    /** How far the offset can be wrong, in ms: half the delay, when all of it fell on one way. */
    public double uncertaintyMillis() {
        return delayMillis / 2;
    }

    /** Whether the rule is met: the offset is less than 400 ms, strictly. */
    public boolean isInSync() {
        return Math.abs(offsetMillis) < LIMIT_MILLIS;
    }

    /** The measurement in words: {@code 1.250 ms behind NTP server 10.0.0.1:123 (uncertainty 0.300 ms, ...)}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%.3f ms %s NTP server %s (uncertainty %.3f ms, stratum %d%s)",
                Math.abs(offsetMillis),
                offsetMillis >= 0 ? "behind" : "ahead of",
                server,
                uncertaintyMillis(),
                stratum,
                synchronised ? "" : ", which says that its own clock is not set");
    }
}
