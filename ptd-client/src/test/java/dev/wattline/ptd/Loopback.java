package dev.wattline.ptd;

import dev.wattline.model.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A connection without a network: the test plays PTDaemon, byte by byte and second by second. */
final class Loopback {
    static final PtdEndpoint ENDPOINT = new PtdEndpoint("analyzer.test", 8888);

    private final CommandQueue queue;
    private final EmbeddedChannel channel;
    private final PtdConnection connection;
    final List<String> events = new ArrayList<>();
    final PtdTranscript transcript = new PtdTranscript();

    Loopback() {
        this(PtdOptions.DEFAULT);
    }

    Loopback(PtdOptions options) {
        queue = new CommandQueue(ENDPOINT, options, TimeSource.system(), new Recorder());
        channel = new EmbeddedChannel();
        channel.freezeTime();
        queue.install(channel.pipeline());
        connection = new PtdConnection(ENDPOINT, channel.eventLoop(), queue, options);
    }

    PtdConnection connection() {
        return connection;
    }

    <R> CompletableFuture<R> execute(PtdCommand<R> command) {
        return connection.execute(command);
    }

    /** The command lines written since the last call, each without its CRLF. */
    List<String> written() {
        List<String> lines = new ArrayList<>();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            String line = bytes.toString(StandardCharsets.UTF_8);
            bytes.release();
            if (!line.endsWith("\r\n") || line.indexOf('\r') != line.length() - 2) {
                throw new AssertionError("not one line that ends in CRLF: " + line);
            }
            lines.add(line.substring(0, line.length() - 2));
        }
        return lines;
    }

    /** PTDaemon sends this text as one packet. */
    void receive(String text) {
        receive(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes for a closed connection are lost, as they are on a network. */
    void receive(byte[] bytes) {
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        }
    }

    void advance(Duration by) {
        channel.advanceTimeBy(by.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    /** PTDaemon closes its end. */
    void disconnect() {
        var unused = channel.close();
        channel.runPendingTasks();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    private final class Recorder implements PtdListener {
        @Override
        public void sending(PtdEndpoint endpoint, String command) {
            events.add("> " + command);
        }

        @Override
        public void replied(PtdExchange exchange) {
            transcript.replied(exchange);
            events.add("< " + exchange.command() + ": " + exchange.reply().line());
        }

        @Override
        public void failed(PtdEndpoint endpoint, String command, PtdException failure) {
            events.add("! " + command + ": " + failure.getClass().getSimpleName());
        }

        @Override
        public void unsolicited(PtdEndpoint endpoint, String line) {
            events.add("? " + line);
        }

        @Override
        public void closed(PtdEndpoint endpoint, PtdClosure closure) {
            events.add("closed " + closure.source());
        }
    }
}
