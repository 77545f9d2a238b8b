package dev.wattline.ptd;

/**
 * Where a PTDaemon listens.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port TCP port, 1 to 65535; by convention 8888 for power and 8889 for temperature
 */
public record PtdEndpoint(String host, int port) {
    private static final int GREATEST_PORT = 65_535;

    public PtdEndpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("expected a host name or address, got nothing");
        }
        if (port < 1 || port > GREATEST_PORT) {
            throw new IllegalArgumentException("expected a port from 1 to " + GREATEST_PORT + ", got " + port);
        }
    }

    /**
     * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException if the text is not of this form
     */
    public static PtdEndpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("expected HOST:PORT, got '" + text + "'");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "expected HOST:PORT, with an IPv6 address in brackets, got '" + text + "'");
        }
        try {
            return new PtdEndpoint(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected HOST:PORT with a number as port, got '" + text + "'", e);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
