package dev.wattline.mock.machine;

import dev.wattline.mock.signal.SignalModel;

/**
 * What each part of an imagined machine draws of the power at its wall: behind supplies of fixed efficiency a constant
 * rest, and what is left divided among GPU, processor and memory.
 *
 * @param wall power at the wall in W over the seconds since the signal's start
 * @param efficiency of the supplies
 * @param restWatts fans, disks and board, behind the supplies, in W
 * @param gpuShare of what is left; the processor has {@value #PACKAGE_SHARE} of the remainder, memory the other part
 */
public record MachineModel(SignalModel wall, double efficiency, double restWatts, double gpuShare) {
    private static final double PACKAGE_SHARE = 0.8;

    /** A part whose power is known. */
    public enum Part {
        WALL,
        NODE,
        GPU,
        PACKAGE,
        DRAM
    }

    /**
     * @throws IllegalArgumentException if a share is none, or the efficiency not above 0 up to 1
     */
    public MachineModel {
        if (!(efficiency > 0) || efficiency > 1 || !(gpuShare >= 0) || gpuShare > 1 || !(restWatts >= 0)) {
            throw new IllegalArgumentException("expected an efficiency above 0 up to 1, a share of 0 to 1 and W of 0 or"
                    + " more, got " + efficiency + ", " + gpuShare + " and " + restWatts);
        }
    }

    /** Mean power of a part in W from one second of the signal to a later one. */
    public double meanWatts(Part part, double fromSeconds, double toSeconds) {
        return of(part, wall.meanWatts(fromSeconds, toSeconds));
    }

    /** Energy of a part in J from one second of the signal to a later one; 0 for an empty interval. */
    public double joules(Part part, double fromSeconds, double toSeconds) {
        return toSeconds > fromSeconds ? (toSeconds - fromSeconds) * meanWatts(part, fromSeconds, toSeconds) : 0;
    }

    private double of(Part part, double wallWatts) {
        double node = wallWatts * efficiency;
        double left = Math.max(0, node - restWatts);
        return switch (part) {
            case WALL -> wallWatts;
            case NODE -> node;
            case GPU -> left * gpuShare;
            case PACKAGE -> left * (1 - gpuShare) * PACKAGE_SHARE;
            case DRAM -> left * (1 - gpuShare) * (1 - PACKAGE_SHARE);
        };
    }
}
