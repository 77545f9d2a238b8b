package dev.wattline.sut.output;

import dev.wattline.protocol.client.PeerSignal;
import dev.wattline.protocol.live.PushedLine;

/** Something that ends the runner's rest while the workload runs. */
public sealed interface RunEvent {
    /** The workload has ended. */
    record WorkloadEnded(int status) implements RunEvent {}

    /** The director is gone, or said something that nobody had asked for. */
    record FromPeer(PeerSignal signal) implements RunEvent {}

    /** The director reports something. */
    record Reported(PushedLine.Event event) implements RunEvent {}

    /** The runner was asked to end. */
    record Interrupted() implements RunEvent {}
}
