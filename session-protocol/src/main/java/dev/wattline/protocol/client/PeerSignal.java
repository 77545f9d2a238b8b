package dev.wattline.protocol.client;

import dev.wattline.protocol.ControlConnectionException;

/** Why a wait for the peer ended. */
public sealed interface PeerSignal {
    /** The connection is gone, and why. */
    record Closed(ControlConnectionException cause) implements PeerSignal {}

    /** The director said something that nobody had asked for. */
    record UnaskedLine(String line) implements PeerSignal {}
}
