package dev.wattline.cli.doctor;

import dev.wattline.director.analyzer.PortHolder;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.ProtocolException;
import dev.wattline.protocol.client.ControlConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Who has the port that the director is to listen on.
 *
 * @param said what it said, or what came of asking it
 */
record Presence(State state, String said) {

    /** Who it is. */
    enum State {
        /** Nobody: a director could start. */
        FREE,
        /** A director that serves nobody, or somebody, or says nothing. */
        DIRECTOR,
        /** Something else. */
        STRANGER,
        /** The address is none of this machine's, or the port is not for this user. */
        UNUSABLE
    }

    /** Whether a director runs here, whose analyzers must be left alone. */
    boolean isDirector() {
        return state == State.DIRECTOR;
    }

    /** Finds out, by a greeting if somebody listens. */
    static Presence find(DirectorConfig config, TimeSource time) {
        InetSocketAddress listen = config.listen();
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(listen.getAddress(), 0));
        } catch (IOException e) {
            return new Presence(
                    State.UNUSABLE,
                    listen.getAddress().getHostAddress() + " is no address of this machine: " + e.getMessage());
        }
        if (listen.getPort() == 0) {
            return new Presence(State.FREE, "the director will take any free port");
        }
        return PortHolder.isFree(listen.getPort())
                ? new Presence(State.FREE, "port " + listen.getPort() + " is free")
                : greet(listen, time);
    }

    private static Presence greet(InetSocketAddress listen, TimeSource time) {
        InetAddress address =
                listen.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listen.getAddress();
        HostPort target = HostPort.of(new InetSocketAddress(address, listen.getPort()));
        String holder =
                PortHolder.find(listen.getPort()).map(process -> ": " + process).orElse("");
        try (ControlConnection idle = ControlConnection.open(target, DirectorClockCheck.impatient(time))) {
            return new Presence(
                    State.DIRECTOR, "a director runs on " + idle.director() + " and serves nobody" + holder);
        } catch (DirectorBusyException e) {
            return new Presence(State.DIRECTOR, "a director runs on " + target + " (" + e.reply() + ")" + holder);
        } catch (ControlTimeoutException e) {
            return new Presence(
                    State.DIRECTOR, target + " is taken and says nothing, as a director that serves another" + holder);
        } catch (ControlConnectionException e) {
            return new Presence(
                    holder.isEmpty() ? State.UNUSABLE : State.STRANGER,
                    "port " + listen.getPort() + " can neither be had nor connected to" + holder + ": "
                            + e.getMessage());
        } catch (ProtocolException e) {
            return new Presence(State.STRANGER, "port " + listen.getPort() + " is taken" + holder);
        }
    }
}
