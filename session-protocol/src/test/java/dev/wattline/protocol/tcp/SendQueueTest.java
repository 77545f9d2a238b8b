package dev.wattline.protocol.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of the tables as Linux writes them, those of retransmission and probes from a network that lost its cable. */
class SendQueueTest {
    @ParameterizedTest
    @CsvSource({
        // an idle connection, keepalive armed
        "00000000:00000000, 02:00000122, 00000000, 0, 2, 0, false",
        // something is on its way, nothing was sent again yet
        "00000012:00000000, 01:00000014, 00000000, 18, 1, 0, false",
        // sent again five times
        "00000012:00000000, 01:0000027F, 00000005, 18, 1, 5, true",
        // the peer's window is closed: it is slow or suspended, and its machine answers
        "0007FB00:00000000, 04:00000BB8, 00000007, 523008, 4, 7, false",
        // nothing but what the peer has acknowledged
        "00000000:00000040, 00:00000000, 00000003, 0, 0, 3, false",
        "FFFFFFFF:FFFFFFFF, 01:FFFFFFFF, 0000000F, 4294967295, 1, 15, true",
    })
    void readsARow(String queues, String timer, String again, long bytes, int kind, int count, boolean unanswered) {
        String row = "  17: 0100007F:1356 0100007F:D2F0 01 " + queues + " " + timer + " " + again
                + "     0        0 43917 2 0000000000000000 20 4 30 10 -1";

        SendQueue queue = SendQueue.parse(row).orElseThrow();

        assertThat(queue).isEqualTo(new SendQueue(bytes, kind, count));
        assertThat(queue.isUnanswered()).isEqualTo(unanswered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   0:",
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "  sl  local_address                         remote_address                        st tx_queue rx_queue tr",
                "   0: 0100007F:1356 0100007F:D2F0 01 0000000000000000 02:00000122 00000000 0 0",
                "   0: 0100007F:1356 0100007F:D2F0 01 00000000:00000000 02 00000000 0 0",
                "   0: 0100007F:1356 0100007F:D2F0 01 0000000G:00000000 02:00000122 00000000 0 0",
            })
    void takesNothingElseForARow(String row) {
        assertThat(SendQueue.parse(row)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 4950, 10.77.0.2, 54000, LITTLE_ENDIAN, 0100007F:1356 02004D0A:D2F0",
        "127.0.0.1, 4950, 10.77.0.2, 54000, BIG_ENDIAN, 7F000001:1356 0A4D0002:D2F0",
        "127.0.0.1, 80, 10.77.0.2, 1, LITTLE_ENDIAN, "
                + "0000000000000000FFFF00000100007F:0050 0000000000000000FFFF000002004D0A:0001",
        "::1, 4950, ::1, 65535, LITTLE_ENDIAN, 00000000000000000000000001000000:1356 00000000000000000000000001000000:FFFF",
        "fe80::1234, 4950, 2001:db8::2, 9, LITTLE_ENDIAN, "
                + "000080FE000000000000000034120000:1356 B80D0120000000000000000002000000:0009",
    })
    void knowsTheRowOfAConnection(
            String local, int localPort, String remote, int remotePort, String order, String written) throws Exception {
        List<String> ends = SendQueue.ends(
                new InetSocketAddress(InetAddress.getByName(local), localPort),
                new InetSocketAddress(InetAddress.getByName(remote), remotePort),
                order.startsWith("LITTLE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);

        assertThat(ends).contains(" " + written + " ");
    }

    @Test
    void doesNotTakeTheOtherEndForThisOne() {
        InetSocketAddress director = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4950);
        InetSocketAddress runner = new InetSocketAddress(InetAddress.getLoopbackAddress(), 54000);

        assertThat(SendQueue.ends(director, runner, ByteOrder.nativeOrder()))
                .doesNotContainAnyElementsOf(SendQueue.ends(runner, director, ByteOrder.nativeOrder()));
    }
}
