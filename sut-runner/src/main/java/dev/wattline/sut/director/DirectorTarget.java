package dev.wattline.sut.director;

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
 * @param ticket of the job for whose runner the director keeps its place
 */
public record DirectorTarget(
        HostPort address,
        Optional<String> token,
        Optional<SSLContext> tls,
        Deadlines deadlines,
        Optional<String> ticket) {

    /** A director that keeps its place for nobody in particular. */
    public DirectorTarget(HostPort address, Optional<String> token, Optional<SSLContext> tls, Deadlines deadlines) {
        this(address, token, tls, deadlines, Optional.empty());
    }

    /** A director that is waited for as long as usual. */
    public DirectorTarget(HostPort address, Optional<String> token, Optional<SSLContext> tls) {
        this(address, token, tls, Deadlines.defaults());
    }

    /** A director that asks for neither token nor TLS. */
    public static DirectorTarget plain(HostPort address) {
        return new DirectorTarget(address, Optional.empty(), Optional.empty());
    }

    /** The same with a job's ticket. */
    public DirectorTarget withTicket(String value) {
        return new DirectorTarget(address, token, tls, deadlines, Optional.of(value));
    }
}
