package dev.wattline.director.analyzer;

import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.AnalyzerRanges;
import java.util.Optional;

/**
 * What others must know of an analyzer as it happens. {@link #replied} comes on the network thread and {@link #lost} on any,
 * which must not block; the others come on the thread that drives the analyzer, before anything else is sent.
 */
public interface AnalyzerEvents {
    /** One that does nothing with them. */
    AnalyzerEvents NONE = new AnalyzerEvents() {};

    /** PTDaemon runs; it may not listen yet. */
    default void ptdStarted(Analyzer analyzer, RunningPtd process) {}

    /** The analyzer said what it is; these ranges are to be restored before its present ones are read. */
    default Optional<Ranges> toRestore(Analyzer analyzer, AnalyzerIdentity identity) {
        return Optional.empty();
    }

    /** The analyzer was read to have the ranges that {@link #toRestore} asked for. */
    default void restored(Analyzer analyzer, AnalyzerIdentity identity) {}

    /** The analyzer answered; these ranges are to be restored when it is no longer needed. */
    default void rangesRead(Analyzer analyzer, AnalyzerIdentity identity, AnalyzerRanges ranges) {}

    /** PTDaemon answered a command; told on the network thread, before anybody else knows. */
    default void replied(Analyzer analyzer, String command, String reply) {}

    /** PTDaemon ended, or closed its connection, while it was needed. */
    default void lost(Analyzer analyzer, String cause) {}
}
