package dev.wattline.sut.loadgen;

import dev.wattline.files.PowerWindow;
import dev.wattline.sut.SutException;

/** LoadGen's logs are there, but their power windows lie outside the workload's run. */
public final class OutsideWindowException extends SutException {
    private final transient PowerWindow window;

    OutsideWindowException(PowerWindow window, String message, String remedy) {
        super(message, remedy);
        this.window = window;
    }

    /** The latest of these windows. */
    public PowerWindow window() {
        return window;
    }
}
