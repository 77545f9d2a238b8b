package dev.wattline.cli.terminal;

/**
 * Something to do when a signal ends the JVM while a command is at work; the JVM ends when it is done. For one thread.
 * {@link SignalEnd} is for daemons, which end with an exit status of their own.
 */
public final class SignalHook {
    private final Thread hook;

    private SignalHook(Thread hook) {
        this.hook = hook;
    }

    /** From now on a signal does this, on a thread of its own. */
    public static SignalHook doing(Runnable action) {
        Thread hook = new Thread(action, "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        return new SignalHook(hook);
    }

    /** The command's work is over; once a signal has come, it is the action that waits for the end of the work. */
    public void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the JVM is ending, by the signal that the action handles
        }
    }
}
