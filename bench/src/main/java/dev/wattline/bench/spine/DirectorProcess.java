package dev.wattline.bench.spine;

import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A director as a process, ours or the reference's, with a mock PTDaemon under it and no settle time. */
final class DirectorProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Pattern SNTP_READY = Pattern.compile(":([0-9]+)\\b");

    private final Child sntp;
    private final HostPort ntp;
    private final Child process;
    private final HostPort address;

    private DirectorProcess(Child sntp, HostPort ntp, Child process, HostPort address) {
        this.sntp = sntp;
        this.ntp = ntp;
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one.
     *
     * @param checkout the reference to start, as a library and without its check of the clock; empty for ours
     * @param mockOptions for the mock PTDaemon
     * @param olderRows a file that PTDaemon's log file begins with
     */
    static DirectorProcess start(
            SpineContext around, Optional<Path> checkout, String mockOptions, Optional<Path> olderRows)
            throws IOException, InterruptedException {
        Path folder = around.newFolder("director");
        Path ptd = ptd(around, folder, olderRows);
        Child sntp = around.start("sntp", around.wattline("sntp", "--bind", "127.0.0.1", "--port", "0"), Map.of());
        try {
            int ntpPort = Integer.parseInt(sntp.await(SNTP_READY, START_TIMEOUT).group(1));
            int port = SpineContext.freePort();
            List<String> command = checkout.isPresent()
                    ? around.python(
                            checkout.get(),
                            "director.py",
                            PeerConfig.write(folder, ptd, port, 1).toString())
                    : around.wattline(
                            "director",
                            "-c",
                            PeerConfig.writeOurs(folder, ptd, port, ntpPort).toString());
            Child process = around.start("director", command, Map.of("WATTLINE_MOCK_OPTIONS", mockOptions));
            return new DirectorProcess(
                    sntp, new HostPort("127.0.0.1", ntpPort), process, new HostPort("127.0.0.1", port));
        } catch (IOException | InterruptedException | RuntimeException e) {
            sntp.close();
            throw e;
        }
    }

    /** What is started as PTDaemon; its second argument is the log file, which a real one appends to. */
    private static Path ptd(SpineContext around, Path folder, Optional<Path> olderRows) throws IOException {
        String older = olderRows.isPresent() ? "[ -s \"$2\" ] || cat '" + olderRows.get() + "' >>\"$2\"\n" : "";
        Path script = folder.resolve("ptd");
        Files.writeString(script, "#!/bin/sh\n" + older + "exec '" + around.launcher() + "' mock-ptd \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** Connects to it, as soon as it listens. */
    ControlConnection connect(SpineContext around) throws IOException, InterruptedException {
        long begin = around.time().nanoTime();
        while (true) {
            try {
                return ControlConnection.open(address, ClientOptions.defaults());
            } catch (ControlConnectionException e) {
                if (around.time().nanoTime() - begin > START_TIMEOUT.toNanos()) {
                    throw e;
                }
                process.requireAlive();
                SpineContext.pause(RETRY);
            }
        }
    }

    HostPort address() {
        return address;
    }

    /** A time server beside it. */
    HostPort ntp() {
        return ntp;
    }

    ProcessUsage usage() throws IOException {
        return process.usage();
    }

    @Override
    public void close() {
        process.close();
        sntp.close();
    }
}
