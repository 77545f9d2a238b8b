package dev.wattline.junit;

import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.scenario.FaultAction;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** The mock PTDaemon of a test. Safe for use by several threads. */
public final class RunningPtdaemon {
    private final MockPtd mock;
    private final ByteArrayOutputStream stdout;

    RunningPtdaemon(MockPtd mock, ByteArrayOutputStream stdout) {
        this.mock = mock;
        this.stdout = stdout;
    }

    /** The address that it listens on: the loopback interface's, as a number. */
    public String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /** The port that it listens on. */
    public int port() {
        return mock.port();
    }

    /**
     * The lines of its standard output so far, in which each command and each reply stands. The data rows of a measurement
     * are among them, as a PTDaemon without a data log prints them.
     */
    public List<String> output() {
        return stdout.toString(StandardCharsets.ISO_8859_1).lines().toList();
    }

    /** Lets something go wrong now, such as {@code new FaultAction.Drop(true)}. */
    public void inject(FaultAction action) {
        mock.inject(action);
    }

    /** Ends it, as if the process had been killed; all connections break. */
    public void kill() {
        mock.close();
    }

    /** The exit status, once it has ended. */
    public OptionalInt exitStatus() {
        return mock.exit().isDone() ? OptionalInt.of(mock.awaitExit()) : OptionalInt.empty();
    }
}
