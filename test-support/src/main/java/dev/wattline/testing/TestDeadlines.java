package dev.wattline.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long tests wait for what must happen. A test names the time that an idle machine may need; here it is multiplied,
 * so that a loaded machine does not fail a test that would have passed a little later. The factor is the system property
 * {@code wattline.test.patience}, 5 where it is not given: {@code mvn verify -Dwattline.test.patience=20}.
 */
public final class TestDeadlines {
    private static final double FACTOR = Double.parseDouble(System.getProperty("wattline.test.patience", "5"));

    private TestDeadlines() {}

    /**
     * How long to wait.
     *
     * @param idle what an idle machine may need, in seconds
     */
    public static Duration seconds(double idle) {
        return Duration.ofMillis(Math.round(idle * FACTOR * 1000));
    }

    /** {@link #seconds} in milliseconds, for the read timeout of a socket. */
    public static int millis(double idleSeconds) {
        return Math.toIntExact(seconds(idleSeconds).toMillis());
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
