package dev.wattline.campaign.plan;

import java.time.Duration;
import java.util.Optional;

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
     * A workload that runs without being measured, with the machine's own settings.
     *
     * @param workload its name; empty for that of the session
     * @param length how long; it is started again where it ends before
     */
    record WarmUp(Optional<String> workload, Duration length) implements Gate {}

    /**
     * A sensor below a value.
     *
     * @param sensor its name in the agent's configuration
     * @param below the value; empty for no more than 2, or 1 %, above what it was before the campaign's first session
     * @param atMost how long to wait for it
     * @param every how often it is read
     */
    record Cooldown(String sensor, Optional<Double> below, Duration atMost, Duration every, OnTimeout onTimeout)
            implements Gate {}
}
