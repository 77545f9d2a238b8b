package dev.wattline.mock.smi;

import dev.wattline.mock.signal.SignalModel;

/**
 * The power that one card draws.
 *
 * @param cards power of all cards
 * @param share of this card
 */
record GpuPower(SignalModel cards, double share) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return share * cards.wattsAt(seconds);
    }

    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return share * cards.meanWatts(fromSeconds, toSeconds);
    }
}
