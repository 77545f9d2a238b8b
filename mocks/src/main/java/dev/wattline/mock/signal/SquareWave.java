package dev.wattline.mock.signal;

/**
 * High power for the first part of each period, low power for the rest.
 *
 * @param periodSeconds length of a period, above 0
 * @param duty the high part's share of the period, 0 to 1
 */
public record SquareWave(double lowWatts, double highWatts, double periodSeconds, double duty) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return position(seconds) < duty * periodSeconds ? highWatts : lowWatts;
    }

    // Exact, because a window of 1 s may hold any number of edges.
    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        double high = highSeconds(toSeconds) - highSeconds(fromSeconds);
        return lowWatts + (highWatts - lowWatts) * high / (toSeconds - fromSeconds);
    }

    private double highSeconds(double until) {
        double high = duty * periodSeconds;
        return Math.floor(until / periodSeconds) * high + Math.min(high, position(until));
    }

    private double position(double seconds) {
        return seconds - Math.floor(seconds / periodSeconds) * periodSeconds;
    }
}
