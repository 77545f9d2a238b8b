package dev.wattline.protocol.tcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Linux kernel says of the sending side of one of its TCP connections: a row of {@code /proc/net/tcp} or
 * {@code /proc/net/tcp6}. Its columns are {@code sl local remote st tx_queue:rx_queue tr:tm->when retrnsmt ...}, all
 * numbers in hexadecimal digits, addresses in words of 32 bits as they lie in this machine's memory (the manual page
 * proc(5), and {@code get_tcp4_sock} in the kernel's {@code net/ipv4/tcp_ipv4.c}).
 *
 * @param unacknowledgedBytes what was handed to the kernel and has not been acknowledged by the peer's
 * @param timer which timer runs: 0 none, 1 retransmission, 2 keepalive, 4 probes of a peer whose window is closed
 * @param retransmissions how many times in a row the oldest of these bytes were sent again, if the timer is 1
 */
public record SendQueue(long unacknowledgedBytes, int timer, int retransmissions) {
    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final int RETRANSMISSION = 1;
    private static final int COLUMNS = 7;
    private static final int HEX = 16;

    /** Reads a row of the table; empty if it is none, as the heading is not. */
    public static Optional<SendQueue> parse(String row) {
        String[] columns = BLANKS.split(row.strip());
        if (columns.length < COLUMNS) {
            return Optional.empty();
        }
        String[] queues = columns[4].split(":", -1);
        String[] timer = columns[5].split(":", -1);
        if (queues.length != 2 || timer.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SendQueue(
                    Long.parseLong(queues[0], HEX),
                    Integer.parseInt(timer[0], HEX),
                    Integer.parseInt(columns[6], HEX)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // the heading
        }
    }

    /**
     * What the row of the connection between these ends contains, in one of the two tables or the other: an IPv6 socket
     * sees a peer with an IPv4 address as {@code ::ffff:a.b.c.d}.
     */
    public static List<String> ends(InetSocketAddress local, InetSocketAddress remote, ByteOrder order) {
        return Stream.of(true, false)
                .map(mapped -> ' ' + written(local, mapped, order) + ' ' + written(remote, mapped, order) + ' ')
                .distinct()
                .toList();
    }

    private static String written(InetSocketAddress end, boolean mapped, ByteOrder order) {
        InetAddress address = end.getAddress();
        byte[] bytes = address.getAddress();
        ByteBuffer words = ByteBuffer.allocate(16);
        if (mapped && address instanceof Inet4Address) {
            words.position(10).put((byte) 0xff).put((byte) 0xff);
        }
        words.put(bytes).flip().order(order);
        StringBuilder text = new StringBuilder();
        while (words.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", words.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", end.getPort())).toString();
    }

    /**
     * Whether the peer's machine leaves unanswered what was sent to it. That one whose window is closed does not is
     * another thing: a suspended process looks so, and its machine answers.
     */
    public boolean isUnanswered() {
        return unacknowledgedBytes > 0 && timer == RETRANSMISSION && retransmissions > 0;
    }
}
