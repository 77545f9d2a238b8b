package dev.wattline.protocol.client;

import dev.wattline.protocol.live.PushedLine;
import java.time.Duration;

/** Sees what goes over a connection, on the thread that sends or reads it; it must return quickly and not throw. */
public interface ExchangeListener {
    /** Sees nothing. */
    ExchangeListener NONE = new ExchangeListener() {};

    /** A request goes out. */
    default void sent(String line) {}

    /** A reply came. */
    default void received(String line) {}

    /** A request got its reply this long after it went out; told after {@link #received}. */
    default void answered(String request, Duration after) {}

    /** A reply came for which nobody waits any more, {@code after} its request went out. */
    default void receivedLate(String request, String reply, Duration after) {}

    /** The director said something that this connection opted in to. */
    default void pushed(PushedLine line) {}

    /** The director, which agreed to report progress every 3 s, was silent for this long before it went on. */
    default void silence(Duration length) {}
}
