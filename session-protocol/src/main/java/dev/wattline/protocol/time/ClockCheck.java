package dev.wattline.protocol.time;

import dev.wattline.protocol.HostPort;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner's clock checks, in the order of the reference client: this machine against NTP first, then against the
 * director. If one fails and setting clocks was asked for, both clocks are set and both checks made again; otherwise a
 * failed check ends the run with a message that says which side is off.
 */
public final class ClockCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);
    private static final String REMEDY =
            "Set the clock of the machine named here by NTP, or let both be set with --set-clock.";

    private final NtpClient ntp;
    private final HostPort server;
    private final Supplier<ClockDifference> director;
    private final @Nullable Repair repair;

    /** How clocks are set where that was asked for: the director's by a request, this machine's by a command. */
    public record Repair(Runnable setDirector, ClockSetter setHere) {}

    /** What was measured when both checks passed; {@code ntp} is this machine's clock. */
    public record Passed(NtpMeasurement ntp, ClockDifference director) {}

    /**
     * A check.
     *
     * @param director asks for the director's time once
     */
    public ClockCheck(NtpClient ntp, HostPort server, Supplier<ClockDifference> director, Optional<Repair> repair) {
        this.ntp = ntp;
        this.server = server;
        this.director = director;
        this.repair = repair.orElse(null);
    }

    /**
     * Checks against NTP and the director.
     *
     * @throws ClockException if a clock is off and was not to be set, or is still off afterwards
     * @throws NtpException if the NTP server cannot be asked
     */
    public Passed run() {
        try {
            return check();
        } catch (ClockException e) {
            Repair allowed = repair;
            if (allowed == null) {
                throw e;
            }
            LOG.warn("{}; setting both clocks by {}", e.getMessage(), server);
            allowed.setDirector().run();
            allowed.setHere().set(server);
            return check();
        }
    }

    private Passed check() {
        NtpMeasurement here = ntp.measure(server);
        LOG.info("this machine's clock is {}", here.describe());
        requireInSync(here);
        ClockDifference difference = director.get();
        LOG.info("{}", difference.describe());
        requireClose(difference, here);
        return new Passed(here, difference);
    }

    /**
     * Fails if this machine's clock is not in sync with NTP.
     *
     * @throws NtpException if the server's own clock is not set, so that this machine's must not be set by it either
     * @throws ClockException if this machine's clock is off
     */
    public static void requireInSync(NtpMeasurement here) {
        requireSet(here);
        if (!here.isInSync()) {
            throw new ClockException(
                    "this machine's clock is " + here.describe() + "; below " + (int) NtpMeasurement.LIMIT_MILLIS
                            + " ms is required",
                    REMEDY,
                    null);
        }
    }

    /**
     * Fails if the server's own clock is not set.
     *
     * @throws NtpException if it says so
     */
    public static void requireSet(NtpMeasurement here) {
        if (!here.synchronised()) {
            throw NtpException.notSet(here);
        }
    }

    private static void requireClose(ClockDifference difference, NtpMeasurement here) {
        if (difference.isWithinLimit()) {
            return;
        }
        double directorOffset = here.offsetMillis() - difference.peerAheadMillis();
        String which = Math.abs(directorOffset) >= Math.abs(here.offsetMillis())
                ? "the director's side is off against NTP, by " + millis(directorOffset)
                : "this machine's side is off against NTP, by " + millis(here.offsetMillis());
        throw new ClockException(tooFar(difference) + ": " + which, REMEDY, null);
    }

    private static String millis(double offset) {
        return Math.round(Math.abs(offset)) + " ms";
    }

    private static String tooFar(ClockDifference difference) {
        return difference.describe() + " of this machine's; at most " + (int) ClockDifference.LIMIT_MILLIS
                + " ms are allowed";
    }
}
