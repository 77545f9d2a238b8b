package dev.wattline.cli.terminal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.cli.options.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a daemon end in order on SIGINT, SIGTERM and SIGHUP, with an exit status of its own: the JVM would exit with 130 or
 * 143 although all is well. A signal while the daemon starts interrupts the thread that starts it, which is the one that
 * made this, and waits until that has ended what it had begun. Closing it when the daemon has ended by itself leaves the
 * JVM to end as it does.
 */
public final class SignalEnd implements AutoCloseable {
    private static final long START_SECONDS = 60; // to end what was begun; a PTDaemon may have to be killed

    private final Thread starter = Thread.currentThread();
    private final Thread hook = new Thread(this::onSignal, "signal-end");
    private final CountDownLatch startOver = new CountDownLatch(1);

    @GuardedBy("this")
    private @Nullable AutoCloseable daemon;

    private IntSupplier status = ExitCode.INTERRUPTED::code;

    @GuardedBy("this")
    private boolean endedByItself;

    @GuardedBy("this")
    private boolean signalled;

    public SignalEnd() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on a signal closes this, and the status is what it says then. */
    public synchronized void closing(AutoCloseable toClose, IntSupplier exitStatus) {
        daemon = toClose;
        status = exitStatus;
        startOver.countDown();
    }

    private void onSignal() {
        synchronized (this) {
            if (endedByItself) {
                return;
            }
            signalled = true;
            if (daemon == null) {
                starter.interrupt();
            }
        }
        int code = ExitCode.FAILURE.code();
        try {
            if (startOver.await(START_SECONDS, TimeUnit.SECONDS)) {
                closeDaemon();
                code = status.getAsInt();
            } else {
                System.err.println("the start did not end within " + START_SECONDS + " s of the signal");
            }
        } catch (Exception e) { // the process must end whatever happens
            System.err.println("could not end in order: " + e);
        }
        // Not System.exit, which waits for this very hook.
        Runtime.getRuntime().halt(code);
    }

    private void closeDaemon() throws Exception {
        AutoCloseable toClose;
        synchronized (this) {
            toClose = daemon;
        }
        if (toClose != null) {
            toClose.close();
        }
    }

    /** The daemon has ended, or could not be started. */
    @Override
    public synchronized void close() {
        endedByItself = !signalled;
        startOver.countDown();
    }
}
