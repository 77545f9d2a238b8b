package dev.wattline.protocol;

import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who this side is and whom it trusts, for TLS between Wattline peers: two PKCS #12 files under one password, as
 * {@code keytool} writes them. Both sides need both, since the director asks for the runner's certificate.
 *
 * @param identity this side's key and certificate
 * @param trusted the certificates, or their issuers', that the other side may show
 */
public record TlsMaterial(Path identity, Path trusted, String password) {

    /**
     * Reads both files.
     *
     * @throws ControlConnectionException if one of them cannot be used, with its path
     */
    public SSLContext load() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(read(identity), password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(read(trusted));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(identity, e);
        }
    }

    private KeyStore read(Path file) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
            return store;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static ControlConnectionException unusable(Path file, Exception cause) {
        return new ControlConnectionException(
                "cannot use " + file + " for TLS: "
                        + (cause instanceof IOException trouble ? IoErrors.of(trouble) : cause.getMessage()),
                "Give PKCS #12 files that keytool can list with the same password.",
                cause);
    }

    @Override
    public String toString() {
        return "TlsMaterial[identity=" + identity + ", trusted=" + trusted + "]"; // never the password
    }
}
