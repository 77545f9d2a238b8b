package dev.wattline.mock.scenario;

import java.time.Duration;

/** What suffers the faults: one method an action, called by the mock's own thread. */
public interface FaultTarget {

    /** The connection ends; {@code reset} throws away what is on its way. */
    void drop(boolean reset);

    /** The command, or the start, takes so much longer. */
    void delay(Duration by);

    /** The command is not executed, but answered with this text. */
    void answer(String text);

    /** Nothing is answered any more; at the start: it never listens. */
    void hang();

    /** Nothing at all is done for so long: no answers, no samples. */
    void freeze(Duration time);

    /** So many bytes are sent without a line end. */
    void flood(long bytes);

    /** The header of this command's rows announces so many more than follow. */
    void announce(int more);

    /** The process ends with this status. */
    void exit(int status);

    /** A line appears on standard output; {@code glued} leaves out its end. */
    void print(String text, boolean glued);

    /** The wall clock jumps, for all time stamps from now on. */
    void shiftClock(Duration by);

    /** Samples are disturbed, from the next one on. */
    void disturb(FaultAction.Disturb what);
}
