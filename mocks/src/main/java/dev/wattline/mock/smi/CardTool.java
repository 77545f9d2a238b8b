package dev.wattline.mock.smi;

import java.io.PrintStream;

/**
 * One call of a stand-in for a program that reads the cards. {@link #run} does the work on the calling thread, {@link
 * #stop} ends a loop from any other.
 */
public sealed interface CardTool permits MockSmi, MockDcgmi {

    /**
     * Does what the command line asks for.
     *
     * @return the program's exit status
     * @throws dev.wattline.mock.MockException if a file cannot be written
     */
    int run(PrintStream stdout);

    /** Ends a loop, and waits until its truth is there. */
    void stop();

    /** What should have been read so far; once {@link #run} has returned, all of it. */
    SmiTruth truth();
}
