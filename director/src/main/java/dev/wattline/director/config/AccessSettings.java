package dev.wattline.director.config;

import dev.wattline.protocol.TlsMaterial;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may run sessions or watch them, and by which door.
 *
 * @param allow networks that may connect; empty for all
 * @param plain whether the plain protocol is served at all, which is all that a reference client speaks
 * @param tls the door with TLS, between Wattline peers; empty for none
 * @param token what a client must prove to know; it shuts reference clients out
 * @param page where sessions can be watched; empty for nowhere
 * @param lab who may use the lab's queue
 */
public record AccessSettings(
        List<AllowedNetwork> allow,
        boolean plain,
        Optional<TlsDoor> tls,
        Optional<String> token,
        Optional<PageSettings> page,
        LabSettings lab) {

    /** An address of its own, and the certificates. */
    public record TlsDoor(InetSocketAddress listen, TlsMaterial material) {}

    public AccessSettings {
        allow = List.copyOf(allow);
    }

    @Override
    public String toString() { // the token belongs into no log
        return "AccessSettings[allow=" + allow + ", plain=" + plain + ", tls=" + tls.map(TlsDoor::listen) + ", token="
                + (token.isPresent() ? "set" : "none") + ", page=" + page + ", lab=" + lab + "]";
    }
}
