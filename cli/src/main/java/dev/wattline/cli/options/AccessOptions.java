package dev.wattline.cli.options;

import dev.wattline.model.IoErrors;
import dev.wattline.protocol.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to get in at a director that does not let everybody in. */
public final class AccessOptions {
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

    /** Whether any of them is given. */
    public boolean given() {
        return tokenFile != null || tlsIdentity != null || tlsTrusted != null || tlsPasswordFile != null;
    }

    /**
     * The token, if one is given.
     *
     * @throws UsageException if its file cannot be read
     */
    public Optional<String> token() {
        return Optional.ofNullable(tokenFile).map(AccessOptions::firstLine);
    }

    /**
     * What TLS needs, if it is asked for.
     *
     * @throws UsageException if a part of it is missing or a file cannot be read
     */
    public Optional<SSLContext> tls() {
        if (tlsIdentity == null && tlsTrusted == null && tlsPasswordFile == null) {
            return Optional.empty();
        }
        if (tlsIdentity == null || tlsTrusted == null || tlsPasswordFile == null) {
            throw new UsageException(
                    "TLS needs --tls-identity, --tls-trusted and --tls-password-file together", "Give all three.");
        }
        return Optional.of(new TlsMaterial(tlsIdentity, tlsTrusted, firstLine(tlsPasswordFile)).load());
    }

    /**
     * The first line of a file that holds a secret.
     *
     * @throws UsageException if it cannot be read
     */
    public static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + IoErrors.of(e), "Check its path and permissions.");
        }
    }
}
