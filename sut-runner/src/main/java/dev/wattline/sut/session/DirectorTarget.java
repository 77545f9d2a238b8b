package dev.wattline.sut.session;

import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.Deadlines;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A director and how to reach it.
 *
 * @param token the secret that its configuration asks for, if it does
 * @param tls for a connection to its TLS port
 * @param deadlines how long to wait for what
 */
public record DirectorTarget(HostPort address, Optional<String> token, Optional<SSLContext> tls, Deadlines deadlines) {

    /** A director that is waited for as long as usual. */
    public DirectorTarget(HostPort address, Optional<String> token, Optional<SSLContext> tls) {
        this(address, token, tls, Deadlines.defaults());
    }

    /** A director that asks for neither token nor TLS. */
    public static DirectorTarget plain(HostPort address) {
        return new DirectorTarget(address, Optional.empty(), Optional.empty());
    }
}
