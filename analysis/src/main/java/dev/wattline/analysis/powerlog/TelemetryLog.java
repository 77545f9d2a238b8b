package dev.wattline.analysis.powerlog;

import java.io.IOException;

/**
 * A form of power log: the reading side of a source of telemetry. Each form is recognised by what a file holds, never by
 * its name. Implementations hold no state and are safe for all threads.
 */
public interface TelemetryLog {
    /** The form in words, such as {@code nvidia-smi dmon}: told to the user. */
    String form();

    /** Whether a file that begins like this has this form. */
    boolean recognises(LogHead head);

    /**
     * Reads a file of this form.
     *
     * @throws IOException if it cannot be read
     * @throws dev.wattline.analysis.series.AnalysisInputException if it lacks what power over time needs, such as times
     */
    PowerLog read(LogInput input) throws IOException;
}
