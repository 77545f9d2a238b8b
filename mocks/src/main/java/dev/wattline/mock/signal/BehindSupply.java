package dev.wattline.mock.signal;

/**
 * What the cards of a system draw together: what the wall shows, less what all else draws, times the supply's efficiency.
 *
 * @param otherWatts power of all but the cards, at the wall
 * @param efficiency of the power supply, above 0 up to 1
 */
record BehindSupply(SignalModel wall, double otherWatts, double efficiency) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return ofWall(wall.wattsAt(seconds));
    }

    // The mean of the wall's power, and not of its excess: a signal that falls below the other watts is not meant here.
    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return ofWall(wall.meanWatts(fromSeconds, toSeconds));
    }

    private double ofWall(double watts) {
        return Math.max(0, watts - otherWatts) * efficiency;
    }
}
