package dev.wattline.campaign.plan;

import java.time.Duration;

/** What must hold before a session. */
public sealed interface Gate {
    /** What becomes of a session whose gate does not open in time. */
    enum OnTimeout {
        /** It is measured, and marked. */
        MEASURE,
        /** It is given up, and the next one has its turn. */
        SKIP,
        /** The campaign pauses. */
        PAUSE
    }

    /** A rest since the end of the session before. */
    record Rest(Duration atLeast) implements Gate {}

    /**
     * A sensor below a value.
     *
     * @param sensor its name in the agent's configuration
     * @param atMost how long to wait for it
     * @param every how often it is read
     */
    record Cooldown(String sensor, double below, Duration atMost, Duration every, OnTimeout onTimeout)
            implements Gate {}
}
