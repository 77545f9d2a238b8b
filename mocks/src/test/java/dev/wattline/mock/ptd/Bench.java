package dev.wattline.mock.ptd;

import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.model.ManualTimeSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A mock without threads or sockets, on a clock that the test moves; it records what a client would see. */
final class Bench {
    static final Instant START = Instant.parse("2026-11-22T04:48:34.000Z");

    final ManualTimeSource time = new ManualTimeSource(START);
    final List<String> sends = new ArrayList<>();
    final List<String> stdoutAtSend = new ArrayList<>(); // what a client could have read by then
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final FaultEffects effects = new FaultEffects(time);
    private final Parts parts;
    private boolean open;

    Bench(int type) {
        this(PtdArguments.of(type), builder -> builder);
    }

    Bench(PtdArguments arguments, UnaryOperator<MockPtdOptions.Builder> change) {
        MockPtdOptions options = change.apply(
                        MockPtdOptions.builder(arguments).stdout(stdout).zone(ZoneOffset.UTC))
                .build();
        FaultPlan plan = new FaultPlan(options.scenario, effects);
        parts = Parts.of(options, effects, plan);
        plan.onListening(time.nanoTime());
        connect();
    }

    void connect() {
        open = true;
        parts.daemon()
                .connected(
                        new Link() {
                            @Override
                            public void send(ByteBuffer bytes) {
                                byte[] copy = new byte[bytes.remaining()];
                                bytes.get(copy);
                                sends.add(new String(copy, StandardCharsets.ISO_8859_1));
                                stdoutAtSend.add(stdout());
                            }

                            @Override
                            public void close(boolean reset) {
                                open = false;
                            }
                        },
                        "127.0.0.1:40000");
    }

    boolean connected() {
        return open;
    }

    /** Sends a line and returns what was answered by now, without the last line end; empty if nothing was. */
    String ask(String line) {
        int before = sends.size();
        parts.daemon().received(line);
        parts.daemon().advance();
        return since(before);
    }

    String since(int sendsBefore) {
        return String.join("", sends.subList(sendsBefore, sends.size())).stripTrailing();
    }

    /** Lets time pass in steps of a millisecond, as a real clock would. */
    void pass(double seconds) {
        for (long i = Math.round(seconds * 1000); i > 0; i--) {
            time.advance(Duration.ofMillis(1));
            parts.daemon().advance();
        }
    }

    /** Lets whole seconds pass, one at a time. */
    void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            time.advance(Duration.ofSeconds(1));
            parts.daemon().advance();
        }
    }

    void hangUp() {
        parts.daemon().ended();
        parts.daemon().advance();
    }

    void inject(FaultAction action) {
        action.applyTo(effects);
        parts.daemon().advance();
    }

    int exitStatus() {
        return parts.daemon().exitStatus().orElse(-1);
    }

    Instrument instrument() {
        return parts.instrument();
    }

    /** Standard output so far, with carriage returns shown as {@code \r}. */
    String stdout() {
        return stdout.toString(StandardCharsets.ISO_8859_1).replace("\r", "\\r");
    }

    /** Standard output's lines so far without their stamps. */
    List<String> messages() {
        return stdout().lines()
                .map(line -> line.replaceFirst("^\\d\\d-\\d\\d-\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3}: ", ""))
                .toList();
    }
}
