package dev.wattline.compliance.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether power still rose at the end of a stretch of time: by how much its last part went beyond all that came before.
 * Not safe for use by several threads.
 */
public final class RisingPower {
    /** A power above all before it. */
    private record High(long micros, double watts) {}

    private final List<High> highs = new ArrayList<>();

    /** Adds a sample; microseconds ascend. A NaN, where nothing was measured, changes nothing. */
    public void add(long micros, double watts) {
        if (highs.isEmpty() ? watts > 0 : watts > highs.get(highs.size() - 1).watts()) {
            highs.add(new High(micros, watts));
        }
    }

    /**
     * By how much of itself the greatest power before this time was exceeded from then on: 0.02 for 2 %, 0 if it was not,
     * NaN if there was none before.
     */
    public double excessSince(long micros) {
        double before = Double.NaN;
        double all = Double.NaN;
        for (High high : highs) {
            before = high.micros() < micros ? high.watts() : before;
            all = high.watts();
        }
        return all / before - 1;
    }
}
