package dev.wattline.protocol.time;

/**
 * This machine's clock against the peer's, by the rule of the reference client: the peer's time lies between this side's
 * time before and after the request, and the check fails iff the larger of the two distances is above 400 ms. All times
 * in seconds since the epoch.
 *
 * @param before this machine's time when the request went out
 * @param peer the peer's time
 * @param after this machine's time when the reply was there
 */
public record ClockDifference(double before, double peer, double after) {
    /** The largest difference that the rule allows, in ms; the checker compares phases with 800 ms. */
    public static final double LIMIT_MILLIS = 400;

    /** This machine minus the peer when the request went out, in ms. */
    public double beforeMillis() {
        return 1000 * (before - peer);
    }

    /** This machine minus the peer when the reply came, in ms. */
    public double afterMillis() {
        return 1000 * (after - peer);
    }

    /** The best guess of the peer's clock minus this machine's, in ms: the peer read its clock half way. */
    public double peerAheadMillis() {
        return 1000 * (peer - (before + after) / 2);
    }

    /** How far that guess can be wrong, in ms: half the round trip. */
    public double uncertaintyMillis() {
        return 1000 * (after - before) / 2;
    }

    /** Whether the rule is met. */
    public boolean isWithinLimit() {
        return Math.max(Math.abs(beforeMillis()), Math.abs(afterMillis())) <= LIMIT_MILLIS;
    }

    /** The difference in words, such as {@code director's clock 1.250 ms ahead (uncertainty 0.300 ms)}. */
    public String describe() {
        double ahead = peerAheadMillis();
        return "director's clock " + thousandths(Math.abs(ahead)) + " ms " + (ahead >= 0 ? "ahead" : "behind")
                + " (uncertainty " + thousandths(uncertaintyMillis()) + " ms)";
    }

    /** Between what and what this machine's clock is ahead, such as {@code -0.041 ms..0.123 ms}. */
    public String range() {
        return thousandths(beforeMillis()) + " ms.." + thousandths(afterMillis()) + " ms";
    }

    /** Three decimals; {@code String.format} takes seven times the processor time, and this is said beside the workload. */
    private static String thousandths(double value) {
        long thousandths = Math.round(Math.abs(value) * 1000);
        String fraction = Long.toString(1000 + thousandths % 1000).substring(1);
        return (value < 0 ? "-" : "") + thousandths / 1000 + "." + fraction;
    }
}
