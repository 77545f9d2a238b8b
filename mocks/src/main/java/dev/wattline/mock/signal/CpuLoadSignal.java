package dev.wattline.mock.signal;

/**
 * Power that follows the real load of this machine: idle watts, and a span for full load. The one signal that is no
 * function of time: it is what it is when asked, the mean since it was last asked.
 */
public record CpuLoadSignal(double idleWatts, double spanWatts, CpuMeter meter) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return idleWatts + spanWatts * meter.utilisation();
    }

    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return wattsAt(toSeconds);
    }
}
