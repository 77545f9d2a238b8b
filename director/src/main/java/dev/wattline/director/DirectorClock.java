package dev.wattline.director;

import dev.wattline.protocol.ControlReply;

/** The director's relation to NTP: checked at the start, and set only where that is configured. */
public interface DirectorClock {
    /**
     * Checks this machine's clock.
     *
     * @throws dev.wattline.model.WattlineException if the server does not answer or the offset is too large
     */
    void check();

    /** Sets this machine's clock because a client asked for it, or says why not. */
    ControlReply set();
}
