package dev.wattline.sut.session;

import dev.wattline.files.PowerWindow;
import dev.wattline.sut.SutException;

/** LoadGen's logs are there, but their power windows lie outside the workload's run. */
final class OutsideWindowException extends SutException {
    private final transient PowerWindow window;

    OutsideWindowException(PowerWindow window, String message, String remedy) {
        super(message, remedy);
        this.window = window;
    }

    /** The latest of these windows. */
    PowerWindow window() {
        return window;
    }
}
