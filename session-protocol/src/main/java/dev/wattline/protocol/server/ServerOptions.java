package dev.wattline.protocol.server;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.tcp.SendQueueWatch;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a director serves clients.
 *
 * @param endpoints where it listens; at least one
 * @param busy what happens to a second client
 * @param hello how long a connection may stay without its greeting
 * @param idle how long a served client may ask for nothing while the idle deadline applies
 * @param stall how long a download may stand still
 * @param unacknowledged how long a client's machine may leave unanswered what was sent to it, where the system tells
 * @param allow which addresses may connect; others are hung up on without a word
 * @param token what a client must prove to know before anything else; it shuts reference clients out
 * @param side another protocol on the same ports
 */
public record ServerOptions(
        List<Endpoint> endpoints,
        BusyPolicy busy,
        Duration hello,
        Duration idle,
        Duration stall,
        Duration unacknowledged,
        Predicate<InetAddress> allow,
        Optional<String> token,
        TimeSource time,
        Optional<SideDoor> side) {

    public ServerOptions {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a server needs an address to listen on");
        }
    }

    /** Defaults: reject when busy, 10 s to greet, 15 min idle, 60 s stalled, 7 s unacknowledged, everybody allowed, no token. */
    public static ServerOptions on(Endpoint... endpoints) {
        return new ServerOptions(
                List.of(endpoints),
                BusyPolicy.REJECT,
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                Duration.ofSeconds(60),
                SendQueueWatch.DEFAULT_DEADLINE,
                address -> true,
                Optional.empty(),
                TimeSource.system(),
                Optional.empty());
    }

    public ServerOptions withBusy(BusyPolicy value) {
        return new ServerOptions(endpoints, value, hello, idle, stall, unacknowledged, allow, token, time, side);
    }

    public ServerOptions withHello(Duration value) {
        return new ServerOptions(endpoints, busy, value, idle, stall, unacknowledged, allow, token, time, side);
    }

    public ServerOptions withIdle(Duration value) {
        return new ServerOptions(endpoints, busy, hello, value, stall, unacknowledged, allow, token, time, side);
    }

    public ServerOptions withStall(Duration value) {
        return new ServerOptions(endpoints, busy, hello, idle, value, unacknowledged, allow, token, time, side);
    }

    public ServerOptions withUnacknowledged(Duration value) {
        return new ServerOptions(endpoints, busy, hello, idle, stall, value, allow, token, time, side);
    }

    public ServerOptions withAllow(Predicate<InetAddress> value) {
        return new ServerOptions(endpoints, busy, hello, idle, stall, unacknowledged, value, token, time, side);
    }

    public ServerOptions withToken(String value) {
        return new ServerOptions(
                endpoints, busy, hello, idle, stall, unacknowledged, allow, Optional.of(value), time, side);
    }

    public ServerOptions withTime(TimeSource value) {
        return new ServerOptions(endpoints, busy, hello, idle, stall, unacknowledged, allow, token, value, side);
    }

    public ServerOptions withSide(SideDoor value) {
        return new ServerOptions(
                endpoints, busy, hello, idle, stall, unacknowledged, allow, token, time, Optional.of(value));
    }
}
