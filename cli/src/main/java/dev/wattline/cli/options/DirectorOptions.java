package dev.wattline.cli.options;

import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.Deadlines;
import dev.wattline.sut.director.DirectorTarget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which director to talk to, and how to get in: options of every command that connects to one. */
public final class DirectorOptions {
    @Option(
            names = {"-a", "--addr"},
            required = true,
            paramLabel = "ADDR",
            description = "The director: HOST, HOST:PORT or [IPv6]:PORT.")
    private String address = "";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            converter = PythonNumber.Whole.class,
            description = "The director's port (default: 4950).")
    private @Nullable Integer port;

    @Option(
            names = "--deadline",
            paramLabel = "NAME=SECONDS",
            description = {
                "How long to wait for the director, for any of: connect, handshake, command, start, stop, set-ntp, silence,"
                        + " stall. A Python director whose settle time is above 10 s needs a longer stop.",
                "Default: connect=5 handshake=10 command=30 start=272 stop=88 set-ntp=30 silence=30 stall=20."
            })
    private Map<String, String> deadlines = Map.of();

    @Mixin
    private AccessOptions access = new AccessOptions();

    /**
     * The director as the options name it.
     *
     * @throws UsageException if they contradict each other or a file cannot be read
     */
    public DirectorTarget target() {
        return new DirectorTarget(address(), access.token(), access.tls(), deadlines());
    }

    private Deadlines deadlines() {
        Deadlines all = Deadlines.defaults();
        for (Map.Entry<String, String> one : deadlines.entrySet()) {
            try {
                long millis = new BigDecimal(one.getValue()).movePointRight(3).longValueExact();
                all = all.with(one.getKey(), Duration.ofMillis(millis));
            } catch (NumberFormatException e) {
                throw deadline("expected a number of seconds, got '" + one.getValue() + "'");
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw deadline(String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private static UsageException deadline(String problem) {
        return new UsageException("--deadline: " + problem, "Give NAME=SECONDS, such as stop=80.");
    }

    private HostPort address() {
        HostPort director;
        try {
            director = HostPort.parse(address, port == null ? ControlProtocol.DEFAULT_PORT : port);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--addr: " + e.getMessage(), "Give HOST, HOST:PORT or [IPv6]:PORT.");
        }
        if (port != null && port != director.port()) {
            throw new UsageException(
                    "--addr " + address + " and --port " + port + " name different ports", "Give the port once.");
        }
        return director;
    }
}
