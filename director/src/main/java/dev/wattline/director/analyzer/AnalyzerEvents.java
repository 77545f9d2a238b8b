package dev.wattline.director.analyzer;

import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.AnalyzerRanges;

/**
 * What others must know of an analyzer as it happens. {@link #ptdStarted} and {@link #rangesRead} come on the thread that
 * drives the analyzer, before anything else is sent; {@link #lost} comes on any thread and must not block.
 */
public interface AnalyzerEvents {
    /** One that does nothing with them. */
    AnalyzerEvents NONE = new AnalyzerEvents() {};

    /** PTDaemon runs; it may not listen yet. */
    default void ptdStarted(Analyzer analyzer, RunningPtd process) {}

    /** The analyzer answered; these ranges are to be restored. */
    default void rangesRead(Analyzer analyzer, AnalyzerIdentity identity, AnalyzerRanges ranges) {}

    /** PTDaemon answered a command; told on the network thread, before anybody else knows. */
    default void replied(Analyzer analyzer, String command, String reply) {}

    /** PTDaemon ended, or closed its connection, while it was needed. */
    default void lost(Analyzer analyzer, String cause) {}
}
