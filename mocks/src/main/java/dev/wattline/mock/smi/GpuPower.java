package dev.wattline.mock.smi;

import dev.wattline.mock.signal.SignalModel;

/**
 * The part of a system's power that one of its cards draws: what the wall shows, less what all else draws, times the
 * power supply's efficiency, in the card's share.
 *
 * @param otherWatts power of all but the cards, at the wall
 * @param efficiency of the power supply, above 0 up to 1
 * @param share of this card in all cards' power
 */
record GpuPower(SignalModel wall, double otherWatts, double efficiency, double share) implements SignalModel {

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
        return Math.max(0, watts - otherWatts) * efficiency * share;
    }
}
