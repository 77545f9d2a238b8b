package dev.wattline.analysis.calibration;

/**
 * One series that goes into a wall model.
 *
 * @param seen what it sees
 * @param source the source that told it, such as {@code rapl}
 * @param entity the device, such as a card's UUID
 */
public record Channel(Seen seen, String source, String entity) {
    /** What a series sees of a machine. */
    public enum Seen {
        /** A card, in W. */
        GPU,
        /** A processor's package, in W. */
        PACKAGE,
        /** Memory, in W. */
        DRAM,
        /** How busy the processors are, as the W of {@link PowerGrid#activityWatts}. */
        ACTIVITY
    }
}
