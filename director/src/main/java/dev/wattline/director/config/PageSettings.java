package dev.wattline.director.config;

import dev.wattline.protocol.TlsMaterial;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where the live page is served, and to whom.
 *
 * @param tls the director's certificate, for HTTPS; viewers need none
 * @param token what a viewer must know; always there where other machines can connect
 * @param names host names under which browsers may ask for it, beside localhost and addresses
 */
public record PageSettings(
        InetSocketAddress listen, Optional<TlsMaterial> tls, Optional<String> token, List<String> names) {
    public PageSettings {
        names = List.copyOf(names);
    }

    @Override
    public String toString() { // the token belongs into no log
        return "PageSettings[listen=" + listen + ", tls=" + tls.isPresent() + ", token="
                + (token.isPresent() ? "set" : "none") + ", names=" + names + "]";
    }
}
