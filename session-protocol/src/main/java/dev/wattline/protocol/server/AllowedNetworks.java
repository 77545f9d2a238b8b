package dev.wattline.protocol.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which addresses may connect: a list of {@code <address>} or {@code <address>/<bits>}, IPv4 or IPv6. An IPv4 client of
 * an IPv6 socket counts as IPv4. Loopback is not allowed by itself.
 */
public final class AllowedNetworks implements Predicate<InetAddress> {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final List<Network> networks;

    private AllowedNetworks(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads networks separated by commas or blanks.
     *
     * @throws IllegalArgumentException if one of them is none, with what was expected and found
     */
    public static AllowedNetworks parse(String text) {
        List<Network> networks = new ArrayList<>();
        for (String entry : text.strip().split("[,\\s]+")) {
            networks.add(network(entry));
        }
        return new AllowedNetworks(List.copyOf(networks));
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "expected an address or a network such as 10.0.0.0/8, got '" + text + "'");
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress(); // a literal: nothing is looked up
            int bits = slash < 0 ? bytes.length * 8 : bits(text, text.substring(slash + 1), bytes.length * 8);
            return new Network(bytes, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("expected an address, got '" + address + "'", e);
        }
    }

    private static int bits(String text, String digits, int most) {
        int bits = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("expected 0 to " + most + " bits after '/', got '" + text + "'");
        }
        return bits;
    }

    @Override
    public boolean test(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    /** The first bits of an address. */
    private static final class Network {
        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
