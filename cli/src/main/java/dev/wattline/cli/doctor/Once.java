package dev.wattline.cli.doctor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that several checks need to know and that is found out once, by the thread that asks first; the others wait
 * for it. Safe for use by several threads.
 */
final class Once<T> {

    /** How it is found out. */
    interface Finding<T> {
        T find() throws InterruptedException;
    }

    private final FutureTask<T> task;

    Once(Finding<T> finding) {
        Callable<T> callable = finding::find;
        this.task = new FutureTask<>(callable);
    }

    /** What was found; the exception of the finding if there was one. */
    T get() throws InterruptedException {
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            InterruptedException interrupted = new InterruptedException("it was given up");
            interrupted.initCause(e.getCause());
            throw interrupted;
        }
    }
}
