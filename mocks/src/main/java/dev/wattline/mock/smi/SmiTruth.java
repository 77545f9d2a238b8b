package dev.wattline.mock.smi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mock nvidia-smi's log should have said, and what was done to it.
 *
 * @param firstRoundAt wall time of the first round of readings
 * @param lastRoundAt wall time of the last
 * @param rounds rounds written
 * @param refusedCells power cells without a number
 * @param stalls rounds that came late
 */
public record SmiTruth(
        long seed,
        Instant signalStart,
        @Nullable Instant firstRoundAt,
        @Nullable Instant lastRoundAt,
        long rounds,
        long refusedCells,
        long stalls,
        List<Card> cards) {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-mock-smi-truth/1";

    public SmiTruth {
        cards = List.copyOf(cards);
    }

    /**
     * A card's truth.
     *
     * @param trueMeanWatts its mean power from the first round to the last; null where the signal is this machine's load,
     *     which is no function of time, or where there were fewer than two rounds
     * @param trueEnergyJoules the same as energy
     * @param counter its energy counter; null where none was read
     */
    public record Card(
            int index,
            String uuid,
            String name,
            double gain,
            double offsetWatts,
            double periodMillis,
            double windowMillis,
            double averageWindowMillis,
            double delayMillis,
            @Nullable Double trueMeanWatts,
            @Nullable Double trueEnergyJoules,
            @Nullable Counter counter) {}

    /**
     * A card's energy counter.
     *
     * @param scope what it counts, {@code gpu} or {@code module}
     * @param stuckAtSeconds when it stopped to count, since the signal's start; null for never
     * @param trueEnergyJoules what it should have counted from the first round to the last; null where not known
     */
    public record Counter(
            String scope,
            double gain,
            double offsetWatts,
            double lagSeconds,
            double periodMillis,
            @Nullable Double stuckAtSeconds,
            @Nullable Double trueEnergyJoules) {}
}
