package dev.wattline.mock.ptd;

import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultTarget;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What faults have asked for and the mock has not done yet. It is asked by those concerned: the daemon for what concerns
 * the connection, the meter for its samples, everybody for the time.
 */
final class FaultEffects implements FaultTarget, TimeSource {

    /** A line for standard output. */
    record Line(String text, boolean glued) {}

    private final TimeSource real;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private final List<Disturb> disturbances = new ArrayList<>();
    private Duration clockShift = Duration.ZERO;
    private OptionalInt exitStatus = OptionalInt.empty();
    private Duration delay = Duration.ZERO;
    private @Nullable String answer;
    private boolean dropped;
    private boolean reset;
    private boolean hung;
    private long frozenUntil = Long.MIN_VALUE;
    private boolean frozen;
    private long floodBytes;
    private int announcedMore;

    FaultEffects(TimeSource real) {
        this.real = real;
    }

    @Override
    public Instant now() {
        return real.now().plus(clockShift);
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public void drop(boolean byReset) {
        dropped = true;
        reset = byReset;
    }

    /** Whether the connection has to end, asked once. */
    boolean takeDrop() {
        boolean was = dropped;
        dropped = false;
        return was;
    }

    boolean byReset() {
        return reset;
    }

    @Override
    public void delay(Duration by) {
        delay = delay.plus(by);
    }

    Duration takeDelay() {
        Duration was = delay;
        delay = Duration.ZERO;
        return was;
    }

    @Override
    public void answer(String text) {
        answer = text;
    }

    Optional<String> takeAnswer() {
        Optional<String> was = Optional.ofNullable(answer);
        answer = null;
        return was;
    }

    @Override
    public void hang() {
        hung = true;
    }

    boolean hung() {
        return hung;
    }

    @Override
    public void freeze(Duration time) {
        frozen = true;
        frozenUntil = real.nanoTime() + time.toNanos();
    }

    /** Until when nothing is done, in monotonic nanoseconds; the least value if it is over. */
    long frozenUntil() {
        return frozen && real.nanoTime() < frozenUntil ? frozenUntil : Long.MIN_VALUE;
    }

    /** Whether a time without work has passed, asked once. */
    boolean takeThaw() {
        boolean over = frozen && real.nanoTime() >= frozenUntil;
        if (over) {
            frozen = false;
        }
        return over;
    }

    @Override
    public void flood(long bytes) {
        floodBytes = bytes;
    }

    /** How many of at most so many bytes are to be sent now. */
    int takeFlood(int most) {
        int now = (int) Math.min(most, floodBytes);
        floodBytes -= now;
        return now;
    }

    boolean flooding() {
        return floodBytes > 0;
    }

    @Override
    public void announce(int more) {
        announcedMore = more;
    }

    int takeAnnounced() {
        int was = announcedMore;
        announcedMore = 0;
        return was;
    }

    @Override
    public void exit(int status) {
        exitStatus = OptionalInt.of(status);
    }

    OptionalInt exitStatus() {
        return exitStatus;
    }

    @Override
    public void print(String text, boolean glued) {
        lines.add(new Line(text, glued));
    }

    /** Writes the lines asked for. */
    void print(StdoutLog stdout) {
        while (!lines.isEmpty()) {
            Line line = lines.remove();
            if (line.glued()) {
                stdout.stampedRaw(now(), line.text());
            } else {
                stdout.stamped(now(), line.text());
            }
        }
    }

    @Override
    public void shiftClock(Duration by) {
        clockShift = clockShift.plus(by);
    }

    @Override
    public void disturb(Disturb what) {
        disturbances.add(what);
    }

    /** What the next sample suffers; each call counts as one sample. */
    List<Disturb> takeDisturbances() {
        List<Disturb> now = List.copyOf(disturbances);
        disturbances.clear();
        for (Disturb one : now) {
            // One MISSED is a single late read, which misses all of its samples at once.
            if (one.samples() > 1 && one.kind() != Disturbance.MISSED) {
                disturbances.add(new Disturb(one.kind(), one.samples() - 1, one.percent()));
            }
        }
        return now;
    }
}
