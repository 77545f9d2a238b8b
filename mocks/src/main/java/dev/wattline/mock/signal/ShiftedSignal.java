package dev.wattline.mock.signal;

/**
 * A signal that has been going on for a while: what several instruments need that were started one after the other and
 * are to see the same.
 *
 * @param runningSeconds how long the signal had been going on at this one's second 0
 */
public record ShiftedSignal(SignalModel base, double runningSeconds) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return base.wattsAt(seconds + runningSeconds);
    }

    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return base.meanWatts(fromSeconds + runningSeconds, toSeconds + runningSeconds);
    }

    @Override
    public SignalModel ofCards(double otherWatts, double efficiency) {
        return new ShiftedSignal(base.ofCards(otherWatts, efficiency), runningSeconds);
    }
}
