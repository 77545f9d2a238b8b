package dev.wattline.protocol.server;

/**
 * Why a client's connection ended.
 *
 * @param reason what can be told apart
 * @param detail the same in words, with what the system said
 */
public record LostCause(Reason reason, String detail) {
    /** See {@link LostCause}. */
    public enum Reason {
        /** The client closed it. */
        CLOSED_BY_CLIENT,
        /** The network reported an error, such as a reset or unanswered keepalive probes. */
        NETWORK,
        /** The client asked for nothing for longer than the idle deadline, and no phase was running. */
        IDLE,
        /** The client broke the protocol: an endless line, a flood of requests. */
        VIOLATION,
        /** The client took no data of its download for too long. */
        STALLED,
        /** This side closed it: the handler, or the server's end. */
        CLOSED_HERE
    }
}
