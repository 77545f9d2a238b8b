package dev.wattline.bench;

import java.util.List;

/** One benchmark: what it measures, and how to run it. */
interface Benchmark {

    /** Its name on the command line. */
    String name();

    /** What it measures, in one line. */
    String about();

    /** The arguments it takes, with their defaults; empty if none. */
    default String usage() {
        return "";
    }

    /**
     * Measures and returns the result.
     *
     * @throws Exception if it could not be measured; the message says what was attempted
     */
    ResultTable run(List<String> arguments) throws Exception;
}
