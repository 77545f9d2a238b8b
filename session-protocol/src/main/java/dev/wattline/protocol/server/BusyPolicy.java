package dev.wattline.protocol.server;

/** What happens to a client that greets while another one is served. */
public enum BusyPolicy {
    /** It is told who is served since when, and hung up on. */
    REJECT,
    /** It waits for its turn without an answer, as it does with a reference director. */
    QUEUE
}
