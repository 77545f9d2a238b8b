package dev.wattline.mock.ptd;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens when, between one client, the measurement and standard output. It has no thread and waits for nothing:
 * whoever drives it calls {@link #advance} when time has passed and hands over what the client sent.
 *
 * <p>Commands are executed strictly in order. The next one waits while a reply is being sent or prepared (a range change
 * occupies the command path), and, after a {@code Stop}, until the measurement has completed at its next tick. Samples
 * are taken meanwhile.
 */
final class Daemon implements ReplyPath {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int FLOOD_AT_ONCE = 4096;
    private static final Duration FLOOD_PAUSE = Duration.ofMillis(1);

    private final TimeSource time;
    private final Commands commands;
    private final Meter meter;
    private final StdoutLog stdout;
    private final FaultPlan plan;
    private final FaultEffects effects;
    private final ArrayDeque<String> received = new ArrayDeque<>();
    private final ArrayDeque<String> outgoing = new ArrayDeque<>();
    private @Nullable ByteBuffer sending; // what is left of a text being sent
    private @Nullable Step step; // what the command being executed waits for
    private @Nullable Link link;
    private boolean ended; // the client sends no more

    /** A command's rest, due at a time or as soon as a condition holds. */
    private record Step(long dueNanos, BooleanSupplier condition, Runnable action) {}

    Daemon(Commands commands, Meter meter, StdoutLog stdout, FaultPlan plan, FaultEffects effects) {
        this.time = effects;
        this.plan = plan;
        this.effects = effects;
        this.commands = commands;
        this.meter = meter;
        this.stdout = stdout;
    }

    /** A client's connection is accepted. Only one is served at a time. */
    void connected(Link client, String address) {
        link = client;
        ended = false;
        log("Accepted connection from " + address);
        stdout.flush();
    }

    /** Whether a client is connected; others have to wait in the listener's backlog. */
    boolean busy() {
        return link != null;
    }

    /** Whether bytes wait for the link to be writable. */
    boolean wantsToWrite() {
        return sending != null;
    }

    /** A line from the client, without its line end. */
    void received(String line) {
        received.add(line);
    }

    /** The client has closed its end. What it sent before is still executed. */
    void ended() {
        ended = true;
    }

    /** When {@link #advance} must be called next, in monotonic nanoseconds; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineNanos() {
        long frozenUntil = effects.frozenUntil();
        if (frozenUntil != Long.MIN_VALUE) {
            return frozenUntil;
        }
        return Math.min(plan.nextNanos(), Math.min(meter.nextEventNanos(), stepDueNanos()));
    }

    /** The status with which the process has to end, if it has to. */
    OptionalInt exitStatus() {
        return effects.exitStatus();
    }

    /** Does everything that is due, in the order in which it was due, and then what the client has asked for. */
    void advance() {
        applyEffects();
        while (awake()) {
            work();
            long due = nextDeadlineNanos();
            if (due > time.nanoTime() || !awake()) {
                break;
            }
            if (meter.nextEventNanos() == due) {
                meter.runNext();
                if (step != null && step.condition().getAsBoolean()) {
                    finishStep();
                }
            } else if (stepDueNanos() == due) {
                finishStep();
            } else {
                plan.onTime(due);
            }
            applyEffects();
        }
        stdout.flush();
    }

    private boolean awake() {
        if (effects.exitStatus().isPresent() || effects.frozenUntil() != Long.MIN_VALUE) {
            return false;
        }
        if (effects.takeThaw()) {
            meter.missUntil(time.nanoTime());
        }
        return true;
    }

    private long stepDueNanos() {
        return step == null ? NEVER : step.dueNanos();
    }

    private void finishStep() {
        Step due = step;
        step = null;
        if (due != null) {
            due.action().run();
        }
    }

    private void work() {
        flushOutgoing();
        while (sending == null && step == null && !effects.hung()) {
            if (!meter.stopping() && !received.isEmpty()) {
                execute(received.remove());
            } else if (ended && received.isEmpty()) {
                ended = false;
                log("No data returned by socket read.");
                disconnect(false);
            } else {
                return;
            }
        }
    }

    private void execute(String line) {
        plan.onCommand(line);
        Link before = link;
        applyEffects();
        if (link != before || effects.hung() || effects.exitStatus().isPresent() || step != null) {
            return; // a fault took the command's place
        }
        Optional<String> answer = effects.takeAnswer();
        Runnable execution =
                answer.isPresent() ? () -> reply(answer.get()) : () -> commands.execute(Command.parse(line), this);
        Duration delay = effects.takeDelay();
        if (effects.frozenUntil() != Long.MIN_VALUE) {
            when(() -> false, delay, execution); // when it thaws
        } else {
            after(delay, execution);
        }
    }

    private void applyEffects() {
        effects.print(stdout);
        if (effects.takeDrop() && link != null) {
            disconnect(effects.byReset());
        }
        if (effects.flooding() && step == null && link != null) {
            flood();
        }
    }

    /** Bytes without a line end, and without an echo, until there are enough. */
    private void flood() {
        if (sending == null) {
            sending =
                    ByteBuffer.wrap("x".repeat(effects.takeFlood(FLOOD_AT_ONCE)).getBytes(StandardCharsets.ISO_8859_1));
        }
        when(() -> false, FLOOD_PAUSE, () -> {
            if (effects.flooding()) {
                flood();
            }
        });
    }

    @Override
    public void reply(String line) {
        send(List.of(line + "\r\n"));
    }

    @Override
    public void send(List<String> texts) {
        outgoing.addAll(texts.get(0).startsWith("Last ") ? announced(texts) : texts);
        flushOutgoing();
    }

    private List<String> announced(List<String> texts) {
        int more = effects.takeAnnounced();
        if (more == 0) {
            return texts;
        }
        List<String> changed = new ArrayList<>(texts);
        String[] words = texts.get(0).split(" ", 3);
        changed.set(0, words[0] + " " + (Integer.parseInt(words[1]) + more) + " " + words[2]);
        return changed;
    }

    @Override
    public void after(Duration delay, Runnable action) {
        if (delay.isZero()) {
            action.run();
        } else {
            step = new Step(time.nanoTime() + delay.toNanos(), () -> false, action);
        }
    }

    @Override
    public void when(BooleanSupplier condition, Duration atMost, Runnable action) {
        step = new Step(time.nanoTime() + atMost.toNanos(), condition, action);
    }

    @Override
    public void log(String line) {
        stdout.stamped(time.now(), line);
    }

    private void flushOutgoing() {
        try {
            while (sending != null || !outgoing.isEmpty()) {
                if (sending == null) {
                    sending = echoed(outgoing.remove());
                }
                if (link != null) {
                    link.send(sending);
                    if (sending.hasRemaining()) {
                        return;
                    }
                }
                sending = null;
            }
        } catch (IOException e) {
            // The client is gone; what it may still have sent is executed, as its end is read behind that.
            sending = null;
            outgoing.clear();
            log("Socket write failed: " + e.getMessage());
            ended = true;
        }
    }

    /** The echo is out before the reply: a client may end this process as soon as it has what it wants. */
    private ByteBuffer echoed(String text) {
        stdout.stampedRaw(time.now(), "Response to client sent: " + text);
        stdout.flush();
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the connection and waits for the next one. */
    private void disconnect(boolean reset) {
        log("Shutting connection down...");
        if (link != null) {
            link.close(reset);
            link = null;
        }
        received.clear();
        outgoing.clear();
        sending = null;
        step = null;
        ended = false;
        log("Connection is down.");
        log("Waiting for a connection...");
        stdout.flush();
    }
}
