package dev.wattline.model;

import java.time.Instant;
import java.util.List;

/**
 * One row of an analyzer's log.
 *
 * @param at the analyzer's time stamp, UTC, to the millisecond; the value covers about the second before it
 * @param reading the only channel of a single-channel analyzer, the sum of a multichannel one
 * @param mark the measurement's mark; empty in the rows of an {@code RL} reply, which carry none
 * @param channels one reading a channel of a multichannel analyzer, else empty
 */
public record PowerSample(Instant at, Reading reading, String mark, List<Reading> channels) {
    public PowerSample {
        channels = List.copyOf(channels);
    }
}
