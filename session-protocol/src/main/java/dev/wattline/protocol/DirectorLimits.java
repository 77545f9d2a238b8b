package dev.wattline.protocol;

import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.StopPhase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long a director takes for a request at most, from its settle time and its deadlines for PTDaemon: the one place from
 * which the deadlines of both sides are derived. A director ends each request within {@link #limit}, in success or with the
 * cause of its failure. A runner waits that long for a director of the defaults, and as much longer as the director
 * announces beyond what one of the defaults would announce ({@link #announced}).
 *
 * @param settle how long a measurement runs on before and after the workload
 * @param ptdStart for PTDaemon's start, and for the answer to its greeting
 * @param ptdReply for PTDaemon's reply to a query
 * @param ptdRange for PTDaemon to set a range
 * @param ptdRead for PTDaemon to send all samples
 * @param ptdStop for PTDaemon to end when it is told to
 */
public record DirectorLimits(
        Duration settle, Duration ptdStart, Duration ptdReply, Duration ptdRange, Duration ptdRead, Duration ptdStop) {

    /** A director of the default configuration. */
    public static final DirectorLimits DEFAULT = new DirectorLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    /**
     * How long a director may stand still without an answer or a line that is due, and then go on: what it measured meanwhile
     * is suspect, not lost. A network that is lost is noticed sooner by other means.
     */
    public static final Duration STANDSTILL = Duration.ofSeconds(30);

    /** How often a director that agreed to it reports progress. */
    public static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(3);

    /** How long a client that comes while the last session is being closed waits before it is told so. */
    public static final Duration CLOSING_GRACE = Duration.ofSeconds(3);

    /** How long {@code done} and the loss of a client wait for ranges that are restored through another PTDaemon. */
    public static final Duration RESTORE_WAIT = Duration.ofSeconds(15);

    /** How long the restoring of ranges may go on after the director was told to end. */
    public static final Duration RESTORE_AFTER_SIGNAL = Duration.ofSeconds(1);

    private static final Duration INTERVAL = Duration.ofSeconds(1); // between two samples
    private static final Duration OWN_WORK = Duration.ofSeconds(10); // files, and a busy machine
    private static final Duration USUAL_PTD_START = Duration.ofSeconds(20); // the slowest seen

    /**
     * The limits for restoring ranges, which has nobody's measurement to wait for: what the slowest analyzers seen need, and
     * never more than these limits. The slowest start took 20 s, the slowest range change 7 s.
     */
    public DirectorLimits restoring() {
        return new DirectorLimits(
                settle,
                least(ptdStart, Duration.ofSeconds(30)),
                least(ptdReply, Duration.ofSeconds(5)),
                least(ptdRange, Duration.ofSeconds(10)),
                ptdRead,
                least(ptdStop, Duration.ofSeconds(2)));
    }

    /**
     * How long the reference (mlcommons/power-dev at c4b3ad8) may take to read a phase's samples, besides its settle time. It
     * puts their text together piece by piece: the time grows with the square of their number, or hardly at all, as the
     * memory allocator has it. The slowest seen is 0.19 &micro;s times the square (20,000 samples of two channels in 78 s);
     * this grants 1 &micro;s, for slower machines and several analyzers.
     *
     * @param measured how long the measurement has run: there is a sample for each second
     */
    public static Duration referenceWork(Duration measured) {
        long samples = measured.plus(DEFAULT.settle).toSeconds();
        return Duration.of(samples * samples, ChronoUnit.MICROS);
    }

    /** The longest that a request may take; zero for one that is answered at once. */
    public Duration limit(ControlRequest request) {
        if (request instanceof StartPhase) {
            return startLimit();
        }
        if (request instanceof StopPhase) {
            return stopLimit();
        }
        return request instanceof Done ? doneLimit() : Duration.ZERO;
    }

    /** What an earlier session left is restored, PTDaemon starts and is greeted, three ranges are set, settle time, Go. */
    private Duration startLimit() {
        return restoring()
                .restoreLimit()
                .plus(ptdStart.multipliedBy(2))
                .plus(ptdReply.multipliedBy(3))
                .plus(ptdRange.multipliedBy(3))
                .plus(settle)
                .plus(OWN_WORK);
    }

    /** Settle time, two queries, the wait for mid-tick, Stop, two forms of reading, the samples, two queries. */
    private Duration stopLimit() {
        return settle.plus(ptdReply.multipliedBy(7))
                .plus(INTERVAL.multipliedBy(3))
                .plus(ptdRead)
                .plus(OWN_WORK);
    }

    /** Stop, the ranges through the session's own PTDaemon, its end, and the wait for another one. */
    private Duration doneLimit() {
        DirectorLimits shorter = restoring();
        return ptdReply.plus(shorter.ptdRange.multipliedBy(2))
                .plus(shorter.ptdReply)
                .plus(shorter.ptdStop)
                .plus(RESTORE_WAIT)
                .plus(OWN_WORK);
    }

    /** One attempt to restore ranges: a start, greeting, identity and ranges read, two ranges set and read back, the end. */
    public Duration restoreLimit() {
        return ptdStart.plus(ptdReply.multipliedBy(4))
                .plus(ptdRange.multipliedBy(2))
                .plus(ptdStop);
    }

    /**
     * How long a director of these limits says that a request will take: the usual time, and what its limit exceeds the
     * default's by for another reason than the settle time, so that a runner which knows the default's limit alone waits long
     * enough.
     *
     * @param ptdRuns whether PTDaemon need not be started
     */
    public Duration announced(ControlRequest request, boolean ptdRuns) {
        Duration settled = settleOf(request, settle.minus(DEFAULT.settle)); // in the usual time already
        Duration beyond = limit(request).minus(DEFAULT.limit(request)).minus(settled);
        Duration usual = usual(request, ptdRuns);
        return beyond.isNegative() ? usual : usual.plus(beyond);
    }

    /** How much longer than a director of the defaults this one may take, going by what it announces. */
    public static Duration beyondDefault(ControlRequest request, Duration announced) {
        Duration beyond = announced.minus(DEFAULT.usual(request, true));
        return beyond.isNegative() ? Duration.ZERO : beyond;
    }

    private Duration usual(ControlRequest request, boolean ptdRuns) {
        if (request instanceof StartPhase) {
            return ptdRuns ? settle : settle.plus(USUAL_PTD_START);
        }
        if (request instanceof StopPhase) {
            return settle.plus(INTERVAL);
        }
        return request instanceof Done ? Duration.ofSeconds(5) : Duration.ZERO;
    }

    private static Duration settleOf(ControlRequest request, Duration settle) {
        return request instanceof StartPhase || request instanceof StopPhase ? settle : Duration.ZERO;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
