package dev.wattline.director;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.server.SideDoor;

/**
 * What hooks the lab's queue into a director, which knows nothing else of it: it takes over connections that greet in the
 * lab's protocol, and keeps the place at the analyzers for the runner of a job.
 */
public interface LabDoor extends SideDoor, AutoCloseable {
    /** Opens one; called once a director, before anybody can connect. */
    interface Factory {
        /**
         * Opens it.
         *
         * @throws dev.wattline.model.WattlineException if what an earlier one left cannot be read
         */
        LabDoor open(Surroundings surroundings);
    }

    /** Cancels the open session. */
    interface Canceller {
        /**
         * Cancels this session, if it is the one that is open: it counts as failed for this cause, what was measured is
         * kept, and no request of its client does anything in it any more. Returns at once; any thread.
         *
         * @return whether it is open
         */
        boolean cancel(String session, String cause);
    }

    /**
     * What it has of the director.
     *
     * @param live which session is open, and which ended
     * @param canceller ends a session
     */
    record Surroundings(DirectorConfig config, TimeSource time, LiveFeed live, Canceller canceller) {}

    @Override
    void close();
}
