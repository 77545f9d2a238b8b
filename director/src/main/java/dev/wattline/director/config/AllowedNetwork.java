package dev.wattline.director.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A network whose hosts may connect.
 *
 * @param address any address of the network
 * @param prefix how many leading bits count
 */
public record AllowedNetwork(InetAddress address, int prefix) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads {@code 192.168.1.0/24}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException if it is none of these; names are not looked up
     */
    public static AllowedNetwork parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = literal(literal);
        int bits = address.getAddress().length * 8;
        int prefix = slash < 0 ? bits : KeyNumbers.integer(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("expected a prefix from 0 to " + bits + ", got '" + text + "'");
        }
        return new AllowedNetwork(address, prefix);
    }

    /** An address from its digits alone, so that no name service is asked. */
    static InetAddress literal(String text) {
        if (LITERAL.matcher(text).matches() && (text.indexOf(':') >= 0 || text.split("\\.", -1).length == 4)) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("expected an IP address, got '" + text + "'", e);
            }
        }
        throw new IllegalArgumentException("expected an IP address, got '" + text + "'");
    }

    public boolean contains(InetAddress peer) {
        byte[] own = address.getAddress();
        byte[] other = peer.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
