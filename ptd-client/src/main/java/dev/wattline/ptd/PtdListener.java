package dev.wattline.ptd;

/**
 * Sees all that goes over a connection, in order. Called on the connection's event loop: a method must return quickly and
 * must not wait for another command. What it throws is logged and changes nothing.
 */
public interface PtdListener {
    /** One that looks away. */
    PtdListener NONE = new PtdListener() {};

    /** A command line is about to be written. */
    default void sending(PtdEndpoint endpoint, String command) {}

    /** A complete reply came, a refusal or garbage too. Called before the command's future completes. */
    default void replied(PtdExchange exchange) {}

    /** A command that was sent got no complete reply, or one that was queued will not be sent. */
    default void failed(PtdEndpoint endpoint, String command, PtdException failure) {}

    /** A line came although no command was in flight; it was taken for nobody's reply. */
    default void unsolicited(PtdEndpoint endpoint, String line) {}

    /** The connection has ended; nothing follows. */
    default void closed(PtdEndpoint endpoint, PtdClosure closure) {}
}
