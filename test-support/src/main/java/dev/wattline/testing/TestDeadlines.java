package dev.wattline.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long tests wait for what must happen. A test names the time that an idle machine may need; here it is multiplied,
 * so that a loaded machine does not fail a test that would have passed a little later. The factor is the system property
 * {@code wattline.test.patience}, 20 where it is not given; an idle machine keeps {@code -Dwattline.test.patience=1}, too.
 */
public final class TestDeadlines {
    private static final double FACTOR = Double.parseDouble(System.getProperty("wattline.test.patience", "20"));

    /** Below the time after which JUnit itself ends a test, and then without a word of what was waited for. */
    private static final long LONGEST_MILLIS = 480_000;

    private static final double GRANTED_FACTOR = 5;

    private TestDeadlines() {}

    /**
     * How long to wait.
     *
     * @param idle what an idle machine may need, in seconds
     */
    public static Duration seconds(double idle) {
        return Duration.ofMillis(Math.min(LONGEST_MILLIS, Math.round(idle * FACTOR * 1000)));
    }

    /**
     * A deadline for the program under test where the test waits until it has passed, and what is meant to be in time must
     * be so on a loaded machine: {@link #seconds} would make such a test last too long.
     *
     * @param idle what an idle machine may need, in seconds
     */
    public static Duration granted(double idle) {
        return Duration.ofMillis(Math.round(idle * GRANTED_FACTOR * 1000));
    }

    /** {@link #granted} as a number of seconds, for a key of a configuration. */
    public static String grantedSeconds(double idle) {
        return Double.toString(granted(idle).toMillis() / 1e3);
    }

    /** {@link #seconds} in milliseconds, for the read timeout of a socket. */
    public static int millis(double idleSeconds) {
        return Math.toIntExact(seconds(idleSeconds).toMillis());
    }

    /**
     * Waits for the result of a future.
     *
     * @param idleSeconds what an idle machine may need, in seconds
     * @throws AssertionError if there is none then
     */
    public static <T> T resultOf(Future<T> future, double idleSeconds) throws InterruptedException, ExecutionException {
        Duration limit = seconds(idleSeconds);
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result after " + limit.toSeconds() + " s", e);
        }
    }

    /**
     * Waits for the next element of a queue.
     *
     * @param idleSeconds what an idle machine may need, in seconds
     * @throws AssertionError if there is none then
     */
    public static <T> T next(BlockingQueue<T> queue, double idleSeconds) throws InterruptedException {
        Duration limit = seconds(idleSeconds);
        T next = queue.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within " + limit.toSeconds() + " s");
        }
        return next;
    }

    /**
     * Waits until a process has ended.
     *
     * @param idleSeconds what an idle machine may need, in seconds
     * @return its exit status
     * @throws AssertionError with its command line and its children if it still runs then
     */
    public static int exitOf(Process process, double idleSeconds) throws InterruptedException {
        Duration limit = seconds(idleSeconds);
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            List<String> children =
                    process.descendants().map(TestDeadlines::described).toList();
            throw new AssertionError("still running after " + limit.toSeconds() + " s: " + described(process.toHandle())
                    + (children.isEmpty() ? "" : ", with children " + children));
        }
        return process.exitValue();
    }

    private static String described(ProcessHandle process) {
        return process.pid() + " " + process.info().commandLine().orElse("(command line not readable)");
    }
}
