package dev.wattline.cli;

import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.TlsMaterial;
import dev.wattline.sut.session.DirectorTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which director to talk to, and how to get in: options of every command that connects to one. */
final class DirectorOptions {
    @Option(
            names = {"-a", "--addr"},
            required = true,
            paramLabel = "ADDR",
            description = "The director: HOST, HOST:PORT or [IPv6]:PORT.")
    private String address = "";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The director's port (default: 4950).")
    private @Nullable Integer port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that the director's configuration asks for, in its first line.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--tls-identity",
            paramLabel = "FILE",
            description = "This machine's key and certificate (PKCS #12), for a director's TLS port.")
    private @Nullable Path tlsIdentity;

    @Option(
            names = "--tls-trusted",
            paramLabel = "FILE",
            description = "The director's certificate or its issuer's (PKCS #12).")
    private @Nullable Path tlsTrusted;

    @Option(
            names = "--tls-password-file",
            paramLabel = "FILE",
            description = "Holds the password of both files in its first line.")
    private @Nullable Path tlsPasswordFile;

    /**
     * The director as the options name it.
     *
     * @throws UsageException if they contradict each other or a file cannot be read
     */
    DirectorTarget target() {
        return new DirectorTarget(address(), Optional.ofNullable(tokenFile).map(DirectorOptions::firstLine), tls());
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

    private Optional<SSLContext> tls() {
        if (tlsIdentity == null && tlsTrusted == null && tlsPasswordFile == null) {
            return Optional.empty();
        }
        if (tlsIdentity == null || tlsTrusted == null || tlsPasswordFile == null) {
            throw new UsageException(
                    "TLS needs --tls-identity, --tls-trusted and --tls-password-file together", "Give all three.");
        }
        return Optional.of(new TlsMaterial(tlsIdentity, tlsTrusted, firstLine(tlsPasswordFile)).load());
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e, "Check its path and permissions.");
        }
    }
}
