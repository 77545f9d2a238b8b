package dev.wattline.mock.signal;

/** Power that changes evenly from one value to another within some seconds and then stays. */
public record RampSignal(double fromWatts, double toWatts, double seconds) implements SignalModel {

    @Override
    public double wattsAt(double at) {
        double share = Math.min(1, Math.max(0, at / seconds));
        return fromWatts + share * (toWatts - fromWatts);
    }
}
