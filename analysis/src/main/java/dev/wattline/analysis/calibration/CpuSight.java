package dev.wattline.analysis.calibration;

import dev.wattline.analysis.calibration.Channel.Seen;

/** By what a wall model sees the processors; the best first. */
public enum CpuSight {
    /** Energy counters of packages, and of memory where it has a rail. */
    RAPL,
    /** How busy the operating system says they are. */
    OS,
    /** Not at all: what they draw is in the interval alone. */
    NONE;

    boolean isSeenIn(PowerGrid grid) {
        return switch (this) {
            case RAPL -> grid.has(Seen.PACKAGE);
            case OS -> grid.has(Seen.ACTIVITY);
            case NONE -> grid.has(Seen.GPU);
        };
    }
}
