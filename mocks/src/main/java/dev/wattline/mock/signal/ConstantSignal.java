package dev.wattline.mock.signal;

/** The same power all the time. */
public record ConstantSignal(double watts) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return watts;
    }

    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return watts;
    }
}
