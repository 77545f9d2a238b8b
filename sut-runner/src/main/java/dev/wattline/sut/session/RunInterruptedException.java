package dev.wattline.sut.session;

import dev.wattline.sut.SutException;

/** The runner was asked to end before the run was complete. */
public final class RunInterruptedException extends SutException {
    RunInterruptedException(String when) {
        super("the run was interrupted " + when, null);
    }
}
