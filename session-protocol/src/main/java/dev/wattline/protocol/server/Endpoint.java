package dev.wattline.protocol.server;

import dev.wattline.protocol.HostPort;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Where a server listens: in plain v3, or with TLS and required client certificates between Wattline peers. */
public record Endpoint(HostPort address, Optional<SSLContext> tls) {
    /** Plain v3, which is all that a reference client speaks. */
    public static Endpoint plain(HostPort address) {
        return new Endpoint(address, Optional.empty());
    }

    /** TLS; only a client with a certificate that the context trusts gets through. */
    public static Endpoint tls(HostPort address, SSLContext context) {
        return new Endpoint(address, Optional.of(context));
    }
}
