package dev.wattline.mock.ptd;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What a command may do with the connection it came by. Until all of it is done no further command is answered. */
interface ReplyPath {

    /** Sends one line. */
    void reply(String line);

    /** Sends texts as they are, one after another. */
    void send(List<String> texts);

    /** Does something later. */
    void after(Duration delay, Runnable step);

    /** Does something as soon as a condition holds after a sample, or when the time is up. */
    void when(BooleanSupplier condition, Duration atMost, Runnable step);

    /** Writes a line on standard output, stamped with this moment. */
    void log(String line);
}
