package dev.wattline.records.json;

/**
 * What earlier sessions drew at most on one channel of an analyzer.
 *
 * @param sut the machine; empty if not known
 * @param workload what it ran, and beside what; empty if not known
 * @param analyzer the analyzer, as it calls itself
 * @param channel {@code channel 1} or {@code sum}
 * @param sessions how many of the latest sessions these are from
 * @param volts greatest voltage, V; NaN if not known
 * @param amps greatest current, A; NaN if not known
 * @param watts greatest power, W; NaN if not known
 */
public record EarlierPeak(
        String sut,
        String workload,
        String analyzer,
        String channel,
        int sessions,
        double volts,
        double amps,
        double watts) {
    /** No more than this many of a key's latest sessions count: machines change. */
    public static final int LATEST = 10;
}
