package dev.wattline.protocol.server;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name in the certificate of the other end of a TLS connection. */
final class PeerName {
    private static final Logger LOG = LoggerFactory.getLogger(PeerName.class);

    private PeerName() {}

    /** The common name; empty if there is no certificate, or none in it. */
    static Optional<String> of(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length == 0 || !(chain[0] instanceof X509Certificate own)) {
                return Optional.empty();
            }
            LdapName subject = new LdapName(own.getSubjectX500Principal().getName());
            return subject.getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN"))
                    .map(part -> String.valueOf(part.getValue()))
                    .findFirst();
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            LOG.debug("a certificate tells no name", e);
            return Optional.empty();
        }
    }
}
