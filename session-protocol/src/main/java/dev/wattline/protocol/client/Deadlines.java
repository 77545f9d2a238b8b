package dev.wattline.protocol.client;

import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.SetNtp;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.DirectorLimits;
import java.time.Duration;

/**
 * How long a runner waits.
 *
 * @param connect for the TCP connection, over all addresses of the director's name together
 * @param handshake for the director's magic, and for the reply to {@code new}; a director that serves someone else and lets
 *     clients wait stays silent for that long
 * @param command for any reply not named here
 * @param start for the reply to a start, and to {@code done}: PTDaemon starts or the ranges are restored
 * @param stop for the reply to a stop. A director that agreed to report progress tells how long it expects to take: by what
 *     that is longer than for a director of the defaults, because of its settle time or its deadlines, these two are longer
 * @param setNtp for the director to set its clock
 * @param silence between two lines while a director that agreed to report progress works on a request
 * @param stall between two packets of a download
 */
public record Deadlines(
        Duration connect,
        Duration handshake,
        Duration command,
        Duration start,
        Duration stop,
        Duration setNtp,
        Duration silence,
        Duration stall) {

    /**
     * The defaults: what a director of the default configuration needs at most for a start and a stop
     * ({@link DirectorLimits}), 5 s for connecting, 10 s for the greeting, 20 s for a download that stands
     * still, and {@link DirectorLimits#STANDSTILL} for everything else.
     */
    public static Deadlines defaults() {
        return new Deadlines(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                DirectorLimits.STANDSTILL,
                DirectorLimits.DEFAULT.limit(new StartPhase("*", Phase.RANGING)),
                DirectorLimits.DEFAULT.limit(new StopPhase("*", Phase.RANGING)),
                Duration.ofSeconds(30),
                DirectorLimits.STANDSTILL,
                Duration.ofSeconds(20));
    }

    public Deadlines withConnect(Duration value) {
        return new Deadlines(value, handshake, command, start, stop, setNtp, silence, stall);
    }

    public Deadlines withHandshake(Duration value) {
        return new Deadlines(connect, value, command, start, stop, setNtp, silence, stall);
    }

    public Deadlines withCommand(Duration value) {
        return new Deadlines(connect, handshake, value, start, stop, setNtp, silence, stall);
    }

    public Deadlines withStart(Duration value) {
        return new Deadlines(connect, handshake, command, value, stop, setNtp, silence, stall);
    }

    public Deadlines withStop(Duration value) {
        return new Deadlines(connect, handshake, command, start, value, setNtp, silence, stall);
    }

    public Deadlines withSilence(Duration value) {
        return new Deadlines(connect, handshake, command, start, stop, setNtp, value, stall);
    }

    public Deadlines withStall(Duration value) {
        return new Deadlines(connect, handshake, command, start, stop, setNtp, silence, value);
    }

    /**
     * These deadlines with another one, by its name in configurations: {@code connect}, {@code handshake}, {@code command},
     * {@code start}, {@code stop}, {@code set-ntp}, {@code silence} or {@code stall}.
     *
     * @throws IllegalArgumentException if there is none of this name, or if it is not above zero
     */
    public Deadlines with(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "expected a deadline above 0 s for " + name + ", got " + value.toMillis() / 1e3 + " s");
        }
        return switch (name) {
            case "connect" -> withConnect(value);
            case "handshake" -> withHandshake(value);
            case "command" -> withCommand(value);
            case "start" -> withStart(value);
            case "stop" -> withStop(value);
            case "set-ntp" -> new Deadlines(connect, handshake, command, start, stop, value, silence, stall);
            case "silence" -> withSilence(value);
            case "stall" -> withStall(value);
            default ->
                throw new IllegalArgumentException(
                        "expected connect, handshake, command, start, stop, set-ntp, silence or stall, got '" + name
                                + "'");
        };
    }

    /** How long to wait for the reply to the stop of a measurement that ran so long, from a director that reports no progress. */
    public Duration stopAfter(Duration measured) {
        return stop.plus(DirectorLimits.referenceWork(measured));
    }

    /** How long to wait for the reply to this request. */
    public Duration of(ControlRequest request) {
        if (request instanceof StartPhase || request instanceof Done) {
            return start;
        }
        if (request instanceof StopPhase) {
            return stop;
        }
        if (request instanceof New) {
            return handshake;
        }
        return request instanceof SetNtp ? setNtp : command;
    }
}
