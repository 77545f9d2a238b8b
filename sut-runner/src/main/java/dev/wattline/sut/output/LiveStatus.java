package dev.wattline.sut.output;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.live.PushedLine.LiveValues;
import dev.wattline.protocol.live.PushedLine.Progress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the run stands, for the status line on a terminal or, where live values were asked for without one, for a plain
 * line now and then. Safe for use by several threads.
 */
public final class LiveStatus {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);

    private final RunConsole console;
    private final TimeSource time;
    private final boolean plainLines;

    @GuardedBy("this")
    private @Nullable Phase phase;

    @GuardedBy("this")
    private long begunNanos;

    @GuardedBy("this")
    private long plainNanos;

    @GuardedBy("this")
    private @Nullable Duration expected;

    @GuardedBy("this")
    private @Nullable LiveValues latest;

    public LiveStatus(RunConsole console, TimeSource time, boolean plainLines) {
        this.console = console;
        this.time = time;
        this.plainLines = plainLines;
    }

    /** The workload has begun; it is expected to take as long as the last one did, if there was one. */
    public synchronized void workloadBegins(Phase phase, @Nullable Duration expected) {
        this.phase = phase;
        this.expected = expected;
        this.latest = null;
        this.begunNanos = time.nanoTime();
        this.plainNanos = begunNanos;
    }

    /** The workload has ended. */
    public synchronized void workloadEnded() {
        phase = null;
        console.clearStatus();
    }

    /** Shows how much time has passed; for a terminal only, since making the text loads the workload's processor. */
    public synchronized void tick() {
        Phase running = phase;
        if (running != null) {
            console.status(text(running));
        }
    }

    public synchronized void live(LiveValues values) {
        latest = values;
        Phase running = phase;
        if (running == null) {
            return;
        }
        long now = time.nanoTime();
        if (console.hasStatusLine()) {
            console.status(text(running));
        } else if (plainLines && now - plainNanos >= PLAIN_INTERVAL.toNanos()) {
            plainNanos = now;
            console.line(text(running));
        }
    }

    public synchronized void progress(Progress progress) {
        String of = progress.expected().isZero() ? "" : " of about " + minutes(progress.expected());
        console.status("director: " + progress.step() + ", " + minutes(progress.elapsed()) + of);
    }

    @GuardedBy("this")
    private String text(Phase running) {
        StringBuilder text = new StringBuilder(running.word())
                .append(": workload running ")
                .append(minutes(Duration.ofNanos(time.nanoTime() - begunNanos)));
        Duration whole = expected;
        if (whole != null) {
            text.append(" of about ").append(minutes(whole));
        }
        LiveValues values = latest;
        if (values != null) {
            text.append(String.format(
                    Locale.ROOT,
                    ", %.1f W, %d %s",
                    values.watts(),
                    values.samples(),
                    values.samples() == 1 ? "sample" : "samples"));
        }
        return text.toString();
    }

    /** Minutes and seconds, with hours where there are any. */
    public static String minutes(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 3600
                ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
