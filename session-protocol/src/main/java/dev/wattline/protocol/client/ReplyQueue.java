package dev.wattline.protocol.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.MessageLog;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.tcp.SendQueueWatch;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives each line that arrives to the oldest request without a reply. There is no reader thread: whoever waits for a
 * line and finds nobody reading becomes the reader, and hands lines that are not its own to those who wait for them.
 * While a download's bytes arrive only the downloading thread reads.
 */
final class ReplyQueue {
    /** How much later than agreed a progress line may come before the silence is reported. */
    private static final Duration REPORTED_SILENCE = Duration.ofSeconds(6);

    private final HostPort director;
    private final ControlSocket socket;
    private final TimeSource time;
    private final Deadlines deadlines;
    private final ExchangeListener listener;
    private final MessageLog messages = new MessageLog();
    private final SendQueueWatch sendQueue; // looked at under 'lock'

    private final Object sendLock = new Object(); // taken before 'lock', so that lines leave in the order of 'pending'
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();

    @GuardedBy("lock")
    private final ArrayDeque<String> unasked = new ArrayDeque<>();

    @GuardedBy("lock")
    private Set<Feature> agreed = Set.of();

    @GuardedBy("lock")
    private boolean reading;

    @GuardedBy("lock")
    private boolean transferring;

    @GuardedBy("lock")
    private boolean onItsWay; // something was sent, and no look has shown yet that the director's machine has it

    @GuardedBy("lock")
    private long lookNanos;

    @GuardedBy("lock")
    private long heardNanos;

    @GuardedBy("lock")
    private @Nullable ControlConnectionException broken;

    ReplyQueue(HostPort director, ControlSocket socket, ClientOptions options) {
        this.director = director;
        this.socket = socket;
        this.time = options.time();
        this.deadlines = options.deadlines();
        this.listener = options.listener();
        this.sendQueue = new SendQueueWatch(SendQueueWatch.DEFAULT_DEADLINE, options.time());
    }

    /** Sends a line and waits for its reply. */
    String exchange(String line, Duration timeout) {
        return await(send(line, false), timeout);
    }

    /** Sends a line; its reply must be awaited by {@link #await}. */
    Pending send(String line, boolean download) {
        synchronized (sendLock) {
            Pending request = new Pending(line, download, time.epochSeconds(), time.nanoTime());
            synchronized (lock) {
                throwIfBroken();
                pending.add(request);
                heardNanos = request.sentNanos();
                onItsWay = true;
                lookNanos = heardNanos + SendQueueWatch.LOOK.toNanos();
            }
            listener.sent(line);
            try {
                socket.send(line);
            } catch (IOException e) {
                throw fail("sending '" + line + "' failed: " + e.getMessage(), e);
            }
            return request;
        }
    }

    /** Waits for a request's reply, reading if nobody else does. */
    @SuppressWarnings("GuardedBy") // waitWhile asks its condition with the lock held
    String await(Pending request, Duration timeout) {
        while (true) {
            synchronized (lock) {
                waitWhile(
                        () -> request.reply() == null && broken == null && (reading || transferring),
                        () -> Math.min(millisLeft(request, timeout), millisToLook()));
                String reply = request.reply();
                if (reply != null) {
                    return reply;
                }
                throwIfBroken();
                reading = true;
            }
            try {
                readLine(Math.min(millisLeft(request, timeout), millisToLook()));
            } finally {
                release();
            }
        }
    }

    /** See {@link ControlConnection#awaitPeer()}. */
    @SuppressWarnings("GuardedBy") // as in await
    PeerSignal awaitPeer() {
        while (true) {
            synchronized (lock) {
                waitWhile(() -> (reading || transferring) && unasked.isEmpty() && broken == null, () -> 0);
                String line = unasked.poll();
                if (line != null) {
                    return new PeerSignal.UnaskedLine(line);
                }
                if (broken != null) {
                    return new PeerSignal.Closed(broken);
                }
                reading = true;
            }
            try {
                readLine(0);
            } catch (ControlConnectionException e) {
                return new PeerSignal.Closed(e);
            } finally {
                release();
            }
        }
    }

    /** Takes the input for a download whose first line has come; {@link #endTransfer} gives it back. */
    @SuppressWarnings("GuardedBy") // as in await
    void beginTransfer() {
        synchronized (lock) {
            waitWhile(() -> reading, () -> 0);
            reading = true;
        }
    }

    void endTransfer() {
        synchronized (lock) {
            transferring = false;
            reading = false;
            lock.notifyAll();
        }
    }

    /** The input, for the thread between {@link #beginTransfer} and {@link #endTransfer}. */
    LineInput input(Duration stall) throws IOException {
        return socket.in(stall.toMillis());
    }

    private void release() {
        synchronized (lock) {
            reading = false;
            lock.notifyAll();
        }
    }

    /** Reads one line and gives it to whom it belongs; a timeout only returns, and the caller looks at its deadline. */
    private void readLine(long timeoutMillis) {
        String line;
        try {
            line = socket.in(timeoutMillis).readLine();
        } catch (SocketTimeoutException e) {
            return; // the caller's next look at its deadline says which one it was
        } catch (IOException e) {
            throw fail("reading failed: " + e.getMessage(), e);
        }
        if (line == null) {
            throw fail("the director closed the connection", null);
        }
        dispatch(line);
    }

    private void dispatch(String line) {
        long now = time.nanoTime();
        Duration silent;
        Pending request;
        boolean pushed;
        synchronized (lock) {
            silent = Duration.ofNanos(now - heardNanos);
            heardNanos = now;
            pushed = !agreed.isEmpty() && PushedLine.isPushed(line);
            request = pushed ? pending.peek() : pending.poll();
            if (!pushed && request == null) {
                unasked.add(line);
                lock.notifyAll();
                return;
            }
            if (!pushed && request != null) {
                complete(request, line);
            }
            silent = request != null && agreed.contains(Feature.PROGRESS) ? silent : Duration.ZERO;
        }
        if (silent.compareTo(REPORTED_SILENCE) > 0) {
            listener.silence(silent);
        }
        if (pushed) {
            PushedLine parsed = PushedLine.parse(line);
            if (parsed instanceof PushedLine.Progress progress && request != null) {
                announce(request, progress, now);
            }
            listener.pushed(parsed);
        } else if (request != null && request.abandoned()) {
            listener.receivedLate(request.line(), line, Duration.ofNanos(now - request.sentNanos()));
        } else if (request != null && !request.download()) {
            listener.received(line);
            listener.answered(request.line(), Duration.ofNanos(now - request.sentNanos()));
        }
    }

    /** A step that the director expects to take long is waited for: its settle time is its own business. */
    private void announce(Pending request, PushedLine.Progress progress, long now) {
        Duration sinceSent = Duration.ofNanos(now - request.sentNanos());
        synchronized (lock) {
            Duration announced = sinceSent.minus(progress.elapsed()).plus(progress.expected());
            request.extend(DirectorLimits.beyondDefault(ControlRequest.parse(request.line()), announced));
        }
    }

    @GuardedBy("lock")
    private void complete(Pending request, String line) {
        boolean refused = request.download() && line.startsWith("Error");
        if (!request.download() || refused) {
            messages.add(new ExchangedMessage(request.line(), request.sentAt(), line, time.epochSeconds()));
        }
        transferring = request.download() && !refused;
        request.complete(line);
        lock.notifyAll();
    }

    /** The time until the request's deadline, or until the silence of an agreed progress is too long. */
    private long millisLeft(Pending request, Duration timeout) {
        long now = time.nanoTime();
        synchronized (lock) {
            Duration patience = request.patience(timeout);
            long left = request.sentNanos() + patience.toNanos() - now;
            boolean watched = agreed.contains(Feature.PROGRESS);
            long silenceLeft = watched ? heardNanos + deadlines.silence().toNanos() - now : Long.MAX_VALUE;
            if (left > 0 && silenceLeft > 0) {
                return TimeUnit.NANOSECONDS.toMillis(Math.min(left, silenceLeft)) + 1;
            }
            if (request.reply() != null) {
                return 1;
            }
            request.abandon();
            String what = left <= 0
                    ? "did not answer '" + request.line() + "' within " + patience.toMillis() + " ms"
                    : "was silent for " + deadlines.silence().toMillis() + " ms while it worked on '" + request.line()
                            + "', though it agreed to report progress every 3 s";
            ControlTimeoutException late = new ControlTimeoutException(
                    "director " + director + " " + what,
                    "Check that the director still runs and is reachable; its log says what it was doing.",
                    null);
            if (request.download()) {
                fail("gave up waiting for a download to begin", late); // its bytes could not be told from lines
            }
            throw late;
        }
    }

    /**
     * The time until the next look at whether the director's machine has acknowledged what was sent to it; there is none
     * once it has. From then on the line is silent, and TCP's keepalive notices a network that is lost, however long the
     * director takes.
     */
    private long millisToLook() {
        synchronized (lock) {
            long now = time.nanoTime();
            if (onItsWay && now - lookNanos >= 0) {
                lookNanos = now + SendQueueWatch.LOOK.toNanos();
                switch (sendQueue.look(socket.localAddress(), socket.remoteAddress())) {
                    case ACKNOWLEDGED -> onItsWay = false;
                    case WAITING -> onItsWay = true;
                    case DEAD -> throw fail("the director's machine " + sendQueue.describe(), null);
                }
            }
            return onItsWay ? TimeUnit.NANOSECONDS.toMillis(lookNanos - now) + 1 : Long.MAX_VALUE;
        }
    }

    /** Marks the connection as gone, wakes everybody and closes the socket. */
    ControlConnectionException fail(String what, @Nullable Exception cause) {
        ControlConnectionException failure;
        synchronized (lock) {
            if (broken == null) {
                broken = new ControlConnectionException(
                        "connection to director " + director + " lost: " + OneLine.of(what),
                        "Check the director's log and the network; what was measured is kept at the director.",
                        cause);
            }
            failure = broken;
            lock.notifyAll();
        }
        closeSocket();
        return failure;
    }

    @GuardedBy("lock")
    private void throwIfBroken() {
        if (broken != null) {
            throw new ControlConnectionException(
                    String.valueOf(broken.getMessage()), broken.remedy().orElse(null), broken);
        }
    }

    /** Waits as long as the condition holds, each time for this many milliseconds at most; 0 means for ever. */
    private void waitWhile(BooleanSupplier condition, LongSupplier millis) {
        try {
            while (condition.getAsBoolean()) {
                lock.wait(millis.getAsLong());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlConnectionException("interrupted while waiting for director " + director, null, e);
        }
    }

    /** From now on a line that begins as a pushed one is one. */
    void agree(Set<Feature> features) {
        synchronized (lock) {
            agreed = features;
        }
    }

    /** Whether the director agreed to report progress. */
    boolean reportsProgress() {
        synchronized (lock) {
            return agreed.contains(Feature.PROGRESS);
        }
    }

    List<ExchangedMessage> messages() {
        return messages.snapshot();
    }

    HostPort localAddress() {
        return HostPort.of(socket.localAddress());
    }

    void close() {
        synchronized (lock) {
            if (broken == null) {
                broken = new ControlConnectionException(
                        "connection to director " + director + " was closed by this side", null, null);
            }
            lock.notifyAll();
        }
        closeSocket();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way, and the reason why we close it is already known.
            return;
        }
    }
}
