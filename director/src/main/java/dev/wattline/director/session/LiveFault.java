package dev.wattline.director.session;

import dev.wattline.director.config.LiveCheck;
import java.time.Instant;

/**
 * Something that is wrong with a phase while it runs.
 *
 * @param check what watches for it, and may end the phase
 * @param id the finding's id in the catalogue of explanations
 * @param at when it happened, or was noticed
 * @param text what, with numbers
 */
record LiveFault(LiveCheck check, String id, Instant at, String text) {
    /** The id of a process that stood still. */
    static final String STALLED = "process-stalled";
}
