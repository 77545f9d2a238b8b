package dev.wattline.director.config;

import dev.wattline.protocol.DirectorLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the {@code [wattline]} section sets; {@link ConfigKey} has the defaults and meanings.
 *
 * @param resultsDir folder of the sessions, absolute
 * @param logFile the director's own log, absolute
 * @param queueClients whether a second client waits instead of being told that the director is busy
 * @param settle wait after a range change and after the workload
 * @param debug whether {@code MLPP_DEBUG} is set: the sessions are marked and the official checker rejects them
 * @param stopOn live checks that end the phase
 * @param access who may run sessions
 * @param idle how long a client may be silent outside phases
 * @param hello how long a new connection may take to greet
 * @param stall how long a client may take no data of its download
 * @param unacknowledged how long a client's machine may leave unanswered what is sent to it
 * @param setClock whether the director may set this machine's clock
 * @param deadlines PTDaemon's
 * @param keepDays age in days from which delivered sessions are pruned at start; empty for never
 * @param keepBytes size of all sessions above which the oldest delivered ones are pruned at start; empty for never
 * @param noticeProgram program that is told of each session's end; empty for none
 */
public record DirectorSettings(
        Path resultsDir,
        Path logFile,
        boolean queueClients,
        Duration settle,
        boolean debug,
        Set<LiveCheck> stopOn,
        AccessSettings access,
        Duration idle,
        Duration hello,
        Duration stall,
        Duration unacknowledged,
        boolean setClock,
        Deadlines deadlines,
        OptionalLong keepDays,
        OptionalLong keepBytes,
        Optional<Path> noticeProgram) {

    /**
     * How long PTDaemon may take.
     *
     * @param start from its start to its first answer; the slowest seen took 20 s
     * @param reply to a query; the slowest seen took 25 ms
     * @param range to set a range; the slowest seen took 7 s
     * @param read to send all samples of a measurement
     * @param stop to end when it is told to; then it is killed
     */
    public record Deadlines(Duration start, Duration reply, Duration range, Duration read, Duration stop) {
        /** The defaults, those of {@link DirectorLimits}. */
        public static Deadlines defaults() {
            return of(DirectorLimits.DEFAULT);
        }

        /** Those for restoring ranges, which are short: see {@link DirectorLimits#restoring}. */
        public Deadlines restoring() {
            return of(limits(Duration.ZERO).restoring());
        }

        private static Deadlines of(DirectorLimits limits) {
            return new Deadlines(
                    limits.ptdStart(), limits.ptdReply(), limits.ptdRange(), limits.ptdRead(), limits.ptdStop());
        }

        private DirectorLimits limits(Duration settle) {
            return new DirectorLimits(settle, start, reply, range, read, stop);
        }
    }

    public DirectorSettings {
        stopOn = Set.copyOf(stopOn);
    }

    /** How long this director takes for each request at most. */
    public DirectorLimits limits() {
        return deadlines.limits(settle);
    }
}
