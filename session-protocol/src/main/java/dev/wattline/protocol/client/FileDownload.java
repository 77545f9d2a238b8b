package dev.wattline.protocol.client;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.ProtocolViolationException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.TransferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One download: {@code <count>CRLF} and that many bytes, repeated, until {@code 0CRLF}. When the file cannot be written
 * the rest of the transfer is read and dropped, so that the connection stays in step.
 */
final class FileDownload {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,7}");

    private final HostPort director;
    private final ReplyQueue replies;
    private final ClientOptions options;

    FileDownload(HostPort director, ReplyQueue replies, ClientOptions options) {
        this.director = director;
        this.replies = replies;
        this.options = options;
    }

    Downloaded run(ControlRequest request, Path target) {
        long begin = options.time().nanoTime();
        Pending sent = replies.send(request.line(), true);
        String first = replies.await(sent, options.deadlines().command());
        if (ControlReply.parse(first) instanceof ControlReply.Failure) {
            throw new RequestRejectedException(
                    "director " + director + " refused with " + OneLine.whole(first) + " to '" + request.line() + "'",
                    "The file may not exist yet, or the session is not the last one of this connection.",
                    request.line(),
                    first);
        }
        replies.beginTransfer();
        try {
            long bytes = receive(request, first, target);
            return new Downloaded(target, bytes, Duration.ofNanos(options.time().nanoTime() - begin));
        } finally {
            replies.endTransfer();
        }
    }

    private long receive(ControlRequest request, String first, Path target) {
        Path partial = target.resolveSibling(target.getFileName() + ".tmp");
        Sink sink = new Sink(partial);
        boolean whole = false;
        try {
            long bytes = chunks(request, first, sink);
            sink.finish(target);
            whole = true;
            return bytes;
        } catch (LocalFileException e) {
            throw new TransferException(
                    "cannot write " + target + ": " + e.getCause(),
                    "Free some space or give another output folder; the director still has the file.",
                    e.getCause());
        } catch (IOException e) {
            throw replies.fail("'" + request.line() + "' broke off: " + e.getMessage(), e);
        } finally {
            if (!whole) {
                sink.discard();
            }
        }
    }

    private long chunks(ControlRequest request, String first, Sink sink) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        int length = count(request, first);
        while (length > 0) {
            chunk(length, buffer, sink);
            total += length;
            String line = replies.input(options.deadlines().stall()).readLine();
            if (line == null) {
                throw new IOException("the director closed the connection after " + total + " bytes");
            }
            length = count(request, line);
        }
        return total;
    }

    private void chunk(int length, byte[] buffer, Sink sink) throws IOException {
        LineInput in = replies.input(options.deadlines().stall());
        int left = length;
        int filled = 0;
        while (left > 0) {
            int read = in.read(buffer, filled, Math.min(buffer.length - filled, left));
            if (read < 0) {
                throw new IOException("the director closed the connection in the middle of a chunk");
            }
            filled += read;
            left -= read;
            if (filled == buffer.length || left == 0) {
                sink.write(buffer, filled);
                filled = 0;
            }
        }
    }

    private int count(ControlRequest request, String line) {
        int count = COUNT.matcher(line).matches() ? Integer.parseInt(line) : -1;
        if (count < 0 || count > ControlProtocol.MAX_CHUNK_BYTES) {
            String what = "director " + director + " sent " + OneLine.quoted(line) + " in the transfer of '"
                    + request.line() + "' where a chunk's length from 0 to " + ControlProtocol.MAX_CHUNK_BYTES
                    + " is due";
            replies.fail(what, null);
            throw new ProtocolViolationException(what, "Report this with the director's version.", null);
        }
        return count;
    }

    /** The partial file; after its first failure it takes and drops everything, and tells at the end. */
    private static final class Sink {
        private final Path partial;
        private @Nullable FileChannel channel;
        private @Nullable IOException failure;

        Sink(Path partial) {
            this.partial = partial;
            try {
                channel = FileChannel.open(partial, CREATE, TRUNCATE_EXISTING, WRITE);
            } catch (IOException e) {
                failure = e;
            }
        }

        void write(byte[] bytes, int length) {
            FileChannel open = channel;
            if (failure != null || open == null) {
                return;
            }
            try {
                ByteBuffer data = ByteBuffer.wrap(bytes, 0, length);
                while (data.hasRemaining()) {
                    open.write(data);
                }
            } catch (IOException e) {
                failure = e;
            }
        }

        void finish(Path target) throws LocalFileException {
            close();
            if (failure == null) {
                try {
                    Files.move(partial, target, ATOMIC_MOVE, REPLACE_EXISTING);
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw new LocalFileException(failure);
            }
        }

        void discard() {
            close();
            try {
                Files.deleteIfExists(partial);
            } catch (IOException e) {
                // A left-over .tmp is overwritten by the next try; the failure that led here is the one to report.
                return;
            }
        }

        private void close() {
            FileChannel open = channel;
            channel = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
    }

    /** The file on this side failed, not the connection. */
    private static final class LocalFileException extends Exception {
        LocalFileException(IOException cause) {
            super(cause);
        }
    }
}
