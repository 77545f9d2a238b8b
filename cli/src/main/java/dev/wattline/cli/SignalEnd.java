package dev.wattline.cli;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a daemon end in order on SIGINT, SIGTERM and SIGHUP, with an exit status of its own: the JVM would exit with 130 or
 * 143 although all is well. Closing it when the daemon has ended by itself leaves the JVM to end as it does.
 */
final class SignalEnd implements AutoCloseable {
    private final Thread hook = new Thread(this::onSignal, "signal-end");
    private @Nullable AutoCloseable daemon;
    private IntSupplier status = ExitCode.INTERRUPTED::code;
    private boolean endedByItself;

    SignalEnd() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on a signal closes this, and the status is what it says then. */
    synchronized void closing(AutoCloseable toClose, IntSupplier exitStatus) {
        daemon = toClose;
        status = exitStatus;
    }

    private void onSignal() {
        AutoCloseable toClose;
        synchronized (this) {
            if (endedByItself) {
                return;
            }
            toClose = daemon;
        }
        int code = ExitCode.FAILURE.code();
        try {
            if (toClose != null) {
                toClose.close();
            }
            code = status.getAsInt();
        } catch (Exception e) { // the process must end whatever happens
            System.err.println("could not end in order: " + e);
        }
        // Not System.exit, which waits for this very hook.
        Runtime.getRuntime().halt(code);
    }

    @Override
    public synchronized void close() {
        endedByItself = true;
    }
}
