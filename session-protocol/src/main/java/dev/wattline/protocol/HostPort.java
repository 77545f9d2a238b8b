package dev.wattline.protocol;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where to connect to or listen on: {@code host}, {@code host:port} or {@code [v6]:port}. A bare IPv6 address is taken
 * for a host. Port 0 means any free port, where something listens.
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    public HostPort {
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("expected a host name or address, got '" + host + "'");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("expected a port from 0 to 65535, got " + port);
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none, with what was expected and found
     */
    public static HostPort parse(String text, int defaultPort) {
        String trimmed = text.strip();
        if (trimmed.startsWith("[")) {
            return bracketed(trimmed, defaultPort);
        }
        int colon = trimmed.indexOf(':');
        boolean bareV6 = colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0;
        if (colon < 0 || bareV6) {
            return new HostPort(trimmed, defaultPort);
        }
        return new HostPort(trimmed.substring(0, colon), port(trimmed, trimmed.substring(colon + 1)));
    }

    /** The same for a text from elsewhere: empty where {@link #parse} fails. */
    public static Optional<HostPort> tryParse(String text, int defaultPort) {
        try {
            return Optional.of(parse(text, defaultPort));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address and port of a socket, without looking up its name. */
    public static HostPort of(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return new HostPort(host, address.getPort());
    }

    private static HostPort bracketed(String text, int defaultPort) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw new IllegalArgumentException("expected ']' after the address in '" + text + "'");
        }
        String host = text.substring(1, end);
        String rest = text.substring(end + 1);
        if (rest.isEmpty()) {
            return new HostPort(host, defaultPort);
        }
        if (!rest.startsWith(":")) {
            throw new IllegalArgumentException("expected ':<port>' after ']' in '" + text + "'");
        }
        return new HostPort(host, port(text, rest.substring(1)));
    }

    private static int port(String text, String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException("expected a port number after ':' in '" + text + "'");
        }
        return Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
