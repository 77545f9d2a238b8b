package dev.wattline.sut.telemetry.redfish;

import dev.wattline.model.IoErrors;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom to trust: one certificate by its SHA-256, as management controllers sign their own, or an authority's. Without
 * either nobody is trusted, and the refusal names the certificate that was seen.
 */
final class PinnedTrust {
    private final String pin;
    private final SSLContext context;
    private volatile String seen = "";

    private PinnedTrust(String pin, Optional<Path> authority) {
        this.pin = pin;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    null, authority.isPresent() ? managers(authority.get()) : new TrustManager[] {new Pinned()}, null);
        } catch (GeneralSecurityException e) {
            throw new SutException("TLS cannot be used: " + e.getMessage(), null, e);
        }
    }

    static PinnedTrust of(Optional<String> pin, Optional<Path> authority) {
        String bare = pin.map(text -> text.toLowerCase(Locale.ROOT)
                        .replaceFirst("^sha-?256:", "")
                        .replace(":", ""))
                .orElse("");
        if (!bare.isEmpty() && !bare.matches("[0-9a-f]{64}")) {
            throw new SutException(
                    "[redfish] pin: expected sha256: and 64 hexadecimal digits", "'wattline doctor' shows the pin.");
        }
        return new PinnedTrust(bare, bare.isEmpty() ? authority : Optional.empty());
    }

    private static TrustManager[] managers(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + i++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException e) {
            throw new SutException("the certificates in " + file + " cannot be read: " + IoErrors.of(e), null, e);
        }
    }

    void applyTo(HttpsURLConnection connection) {
        connection.setSSLSocketFactory(context.getSocketFactory());
        if (!pin.isEmpty()) {
            connection.setHostnameVerifier(
                    (host, session) -> true); // the certificate itself is known, whatever its name
        }
    }

    /** Why the connection was not made. */
    SutException refused(String host, SSLException cause) {
        if (seen.isEmpty()) {
            return new SutException(
                    "the management controller at " + host + " cannot be trusted: " + cause.getMessage(),
                    "Name the authority of its certificate, or pin it.",
                    cause);
        }
        return new SutException(
                pin.isEmpty()
                        ? "the certificate of the management controller at " + host + " is not pinned"
                        : "the management controller at " + host + " has another certificate than the one pinned",
                "If this is your controller, write into [redfish]: pin = sha256:" + seen,
                cause);
    }

    private final class Pinned implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client is served");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                String found = HexFormat.of().formatHex(hash);
                if (!found.equals(pin)) {
                    seen = found;
                    throw new CertificateException("not the certificate that is pinned");
                }
            } catch (GeneralSecurityException e) {
                throw e instanceof CertificateException same ? same : new CertificateException(e);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
