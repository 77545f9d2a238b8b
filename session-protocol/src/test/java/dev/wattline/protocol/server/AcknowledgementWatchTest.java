package dev.wattline.protocol.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.protocol.tcp.SendQueue;
import dev.wattline.protocol.tcp.SendQueueWatch;
import dev.wattline.testing.TestDeadlines;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the director makes of the kernel's table of connections, second by second. */
class AcknowledgementWatchTest {
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4950);
    private static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 54000);
    private static final Duration DEADLINE = Duration.ofSeconds(7);

    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
    private final List<String> failures = new ArrayList<>();

    @TempDir
    private Path folder;

    private EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        List<Path> tables = List.of(folder.resolve("tcp6"), folder.resolve("tcp"));
        channel = new EmbeddedChannel() {
            @Override
            protected SocketAddress localAddress0() {
                return HERE;
            }

            @Override
            protected SocketAddress remoteAddress0() {
                return THERE;
            }
        };
        channel.freezeTime();
        channel.pipeline()
                .addLast(new AcknowledgementWatch(channel, new SendQueueWatch(tables, DEADLINE, time)), new Failures());
    }

    @Test
    void peerThatAnswersNothingIsGoneAfterTheDeadline() throws IOException {
        table("00000012:00000000 01:00000014 00000000");
        send();
        pass(1);
        table("00000012:00000000 01:00000014 00000002");
        pass(7); // first seen not to answer in the first of them
        assertThat(failures).isEmpty();

        table("00000012:00000000 01:00000014 00000005");
        pass(1);

        assertThat(failures).singleElement().asString().contains("not acknowledged", "for 7 s", "5 times");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerInBetweenBeginsAnew() throws IOException {
        table("00000012:00000000 01:00000014 00000004");
        send();
        pass(6);
        table("00000040:00000000 01:00000014 00000001"); // fewer than before: what was sent again has arrived
        pass(7);
        assertThat(failures).isEmpty();

        table("00000040:00000000 01:00000014 00000005");
        pass(2);

        assertThat(failures).hasSize(1);
    }

    @Test
    void slowNetworkIsNoDeadOne() throws IOException {
        table("00000012:00000000 01:00000014 00000002"); // tries twice only in all that time
        send();
        pass(30);

        assertThat(failures).isEmpty();
    }

    @Test
    void peerThatTakesNothingButAnswersIsLeftAlone() throws IOException {
        table("0007FB00:00000000 04:00000BB8 00000009");
        send();
        pass(120);

        assertThat(failures).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void nobodyLooksWhileNothingIsOnItsWay() throws IOException {
        table("00000000:00000000 02:00000014 00000000");
        send();
        pass(1);
        table("00000012:00000000 01:00000014 00000009"); // would be the end if it were looked at
        pass(60);
        assertThat(failures).isEmpty();

        send();
        pass(9);
        assertThat(failures).hasSize(1);
    }

    @Test
    void aSystemWithoutSuchTablesIsDoneWithout() {
        send();
        pass(60);

        assertThat(failures).isEmpty();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void findsAConnectionInThisMachinesOwnTable() throws IOException {
        assumeThat(Path.of("/proc/net/tcp")).as("the table is Linux's").exists();
        byte[] much = new byte[16 << 20];
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket served = listener.accept()) {
            Thread writer = new Thread(() -> write(served, much));
            writer.setDaemon(true);
            writer.start();
            // Nobody reads: bytes pile up until the window is closed, and the kernel's row says so.
            await().atMost(TestDeadlines.seconds(30)).until(() -> row(served).unacknowledgedBytes() > 0);
            assertThat(row(served).isUnanswered()).isFalse();
            InputStream in = client.getInputStream();
            in.skipNBytes(much.length);
            await().atMost(TestDeadlines.seconds(30)).until(() -> row(served).unacknowledgedBytes() == 0);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SendQueue row(Socket socket) throws IOException {
        List<String> ends = SendQueue.ends(
                (InetSocketAddress) socket.getLocalSocketAddress(),
                (InetSocketAddress) socket.getRemoteSocketAddress(),
                ByteOrder.nativeOrder());
        List<String> rows = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        if (Files.exists(Path.of("/proc/net/tcp6"))) {
            rows.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        }
        return rows.stream()
                .filter(row -> ends.stream().anyMatch(row::contains))
                .findFirst()
                .flatMap(SendQueue::parse)
                .orElseThrow();
    }

    private void send() {
        var unused = channel.writeAndFlush(Unpooled.copiedBuffer("OK\r\n", StandardCharsets.US_ASCII));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            time.advance(Duration.ofSeconds(1));
            channel.advanceTimeBy(1, SECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private void table(String numbers) throws IOException {
        String ends = SendQueue.ends(HERE, THERE, ByteOrder.nativeOrder()).get(1);
        Files.writeString(
                folder.resolve("tcp"),
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        + "   0: 0100007F:1356 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0\n"
                        + "   1:" + ends + "01 " + numbers
                        + "     0        0 43917 2 0000000000000000 20 4 30 10 -1\n");
    }

    private final class Failures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(String.valueOf(cause.getMessage()));
        }
    }
}
