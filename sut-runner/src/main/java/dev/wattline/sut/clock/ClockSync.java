package dev.wattline.sut.clock;

import dev.wattline.model.ClockStep;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.ClockCheck;
import dev.wattline.protocol.time.ClockDifference;
import dev.wattline.protocol.time.ClockException;
import dev.wattline.protocol.time.ClockSetter;
import dev.wattline.protocol.time.NtpException;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.SutException;
import dev.wattline.sut.director.DirectorLink;
import dev.wattline.sut.output.RunContext;
import dev.wattline.sut.telemetry.ClockOffset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clock checks of a run: this machine against the time server, and the director against this machine, each within
 * 400 ms, as the reference has it. Between Wattline peers the director's clock is asked for several times and the
 * exchange with the shortest round trip counts; with others once, as the reference does, and again only where the one
 * answer says that the clocks are apart. No clock is set unless the run was told to.
 */
public final class ClockSync {
    private static final int EXCHANGES = 5;
    private static final double CLEAR_MILLIS = 5; // a tenth of the step that is reported

    private final HostPort ntp;
    private final NtpProbe probe;
    private final Optional<ClockSetter> setter;
    private final RunContext context;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable Check reference; // what later comparisons of the same phase are held against
    private @Nullable Check agreed; // the last one at which the time server, too, found nothing wrong

    /**
     * A comparison with the director's clock, for the summary.
     *
     * @param offsetMillis director minus this machine, in ms
     * @param uncertaintyMillis half the round trip, in ms
     * @param wallMillis this machine's wall clock minus its monotonic one, in ms: only differences mean anything
     */
    public record Check(Instant at, double offsetMillis, double uncertaintyMillis, double wallMillis) {
        /** Whether one of the clocks was set or runs wrong since then, by more than what the comparisons leave open. */
        boolean movedFrom(Check before) {
            return Math.abs(offsetMillis - before.offsetMillis) - uncertaintyMillis - before.uncertaintyMillis
                    > ClockStep.LIMIT.toMillis();
        }

        /**
         * Whose clock was set since then, as far as this machine's monotonic clock tells, which nobody sets: each side's wall
         * clock against it. Empty if neither was.
         */
        String stepsSince(Check before) {
            double own = wallMillis - before.wallMillis;
            double director = own + offsetMillis - before.offsetMillis;
            double limit = ClockStep.LIMIT.toMillis();
            List<String> steps = new ArrayList<>();
            if (Math.abs(own) > limit) {
                steps.add(String.format(Locale.ROOT, "this machine's own clock moved by %.0f ms", own));
            }
            if (Math.abs(director) - uncertaintyMillis - before.uncertaintyMillis > limit) {
                steps.add(String.format(Locale.ROOT, "the director's clock moved by %.0f ms", director));
            }
            return steps.isEmpty()
                    ? ""
                    : String.join(" and ", steps) + " against this machine's monotonic clock since " + before.at;
        }
    }

    /**
     * The checks of one run.
     *
     * @param setter sets this machine's clock, where that was asked for
     */
    public ClockSync(HostPort ntp, NtpProbe probe, Optional<ClockSetter> setter, RunContext context) {
        this.ntp = ntp;
        this.probe = probe;
        this.setter = setter;
        this.context = context;
    }

    /**
     * Both checks, before a session and before each phase.
     *
     * @throws ClockException if this machine is off against the time server and no clock is to be set
     * @throws SutException if the director is off
     */
    public void synchronise(DirectorLink link) {
        context.log().info("Synchronizing with the server and with " + ntp + "...");
        try {
            checkBoth(link);
        } catch (ClockException | ClocksApartException e) {
            if (setter.isEmpty()) {
                throw e;
            }
            context.console().line(e.getMessage() + "; setting both clocks by " + ntp);
            link.connection().exchange(new ControlRequest.SetNtp());
            setter.get().set(ntp);
            context.log().info("Set system time at " + context.time().now());
            checkBoth(link);
        }
    }

    private void checkBoth(DirectorLink link) {
        NtpMeasurement own = probe.measure(ntp);
        context.log()
                .info(String.format(
                        Locale.ROOT,
                        "NTP:offset = %.3f s, delay = %.3f s ",
                        own.offsetMillis() / 1e3,
                        own.delayMillis() / 1e3));
        ClockCheck.requireInSync(own);
        ClockDifference difference = measure(link);
        if (!difference.isWithinLimit()) {
            throw apart(difference, Optional.of(own));
        }
        agreed = last();
        context.console().line("clocks: this machine is " + own.describe() + ", " + difference.describe());
    }

    /** The check against the director alone, around the workload. */
    public void compare(DirectorLink link) {
        ClockDifference difference = measure(link);
        if (!difference.isWithinLimit()) {
            throw apart(difference, askWhoIsOff());
        }
        reference = last();
    }

    /** The time server's word on this machine's clock; empty if it does not answer, or does not know the time itself. */
    private Optional<NtpMeasurement> askWhoIsOff() {
        try {
            NtpMeasurement own = probe.measure(ntp);
            ClockCheck.requireSet(own);
            return Optional.of(own);
        } catch (NtpException e) {
            context.log().warning("The time server cannot say whose clock is off: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Check last() {
        return checks.get(checks.size() - 1);
    }

    /**
     * A look at the director's clock while the workload runs. Both sides record what comes of it, and it does not end the
     * run.
     *
     * @return what to report, if the clocks are too far apart now or have moved against each other
     */
    public Optional<String> probe(DirectorLink link) {
        ClockDifference difference = glance(link);
        Check now = record(difference);
        link.note(ControlRequest.Note.CLOCK, difference.describe());
        Check before = reference;
        if (before != null && now.movedFrom(before)) {
            reference = now;
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the director's clock and this machine's have moved by %.0f ms against each other since %s: %s%s",
                    now.offsetMillis() - before.offsetMillis(),
                    before.at(),
                    difference.describe(),
                    because(now)));
        }
        return difference.isWithinLimit() ? Optional.empty() : Optional.of(difference.describe() + because(now));
    }

    /** Whose clock was set since both were last found right. */
    private String because(Check now) {
        Check before = agreed;
        String steps = before == null ? "" : now.stepsSince(before);
        return steps.isEmpty() ? "" : "; " + steps;
    }

    /** This machine's clock against the director's, as last compared. */
    public ClockOffset offset() {
        if (checks.isEmpty()) {
            return ClockOffset.UNKNOWN;
        }
        return new ClockOffset(-last().offsetMillis(), last().uncertaintyMillis());
    }

    public List<Check> checks() {
        return List.copyOf(checks);
    }

    /** The exchange with the shortest round trip of as many as the peer and the answer ask for. */
    private ClockDifference measure(DirectorLink link) {
        ClockDifference first = exchange(link);
        boolean several = link.isExtended() || !first.isWithinLimit();
        ClockDifference best = several ? best(first, link, 0) : first;
        record(best);
        return best;
    }

    /** One exchange, for the workload runs; another one only where a busy machine spoilt it. */
    private ClockDifference glance(DirectorLink link) {
        return best(exchange(link), link, CLEAR_MILLIS);
    }

    /** The best of at most {@link #EXCHANGES}; none follows one that is as certain as this. */
    private ClockDifference best(ClockDifference first, DirectorLink link, double clearMillis) {
        ClockDifference best = first;
        for (int i = 1; i < EXCHANGES && best.uncertaintyMillis() > clearMillis; i++) {
            ClockDifference next = exchange(link);
            best = next.uncertaintyMillis() < best.uncertaintyMillis() ? next : best;
        }
        return best;
    }

    private Check record(ClockDifference difference) {
        Instant now = context.time().now();
        double monotonicMillis = context.time().nanoTime() / 1e6;
        Check check = new Check(
                now,
                difference.peerAheadMillis(),
                difference.uncertaintyMillis(),
                TimeSource.epochSeconds(now) * 1e3 - monotonicMillis);
        checks.add(check);
        return check;
    }

    private ClockDifference exchange(DirectorLink link) {
        ClockDifference difference = link.connection().compareClocks();
        context.log()
                .info("The time difference between the client and the server is within range " + difference.range());
        return difference;
    }

    /**
     * Says which of the two is off: against the time server where it answered, and by each side's steps since the last
     * comparison that it confirmed.
     */
    private ClocksApartException apart(ClockDifference difference, Optional<NtpMeasurement> own) {
        StringBuilder text = new StringBuilder("the clocks are apart: ").append(difference.describe());
        own.ifPresent(measured -> text.append(String.format(
                Locale.ROOT,
                "; against %s this machine is off by %.0f ms and the director by %.0f ms",
                ntp,
                -measured.offsetMillis(),
                difference.peerAheadMillis() - measured.offsetMillis())));
        String steps = because(last());
        text.append(steps)
                .append("; at most ")
                .append((int) ClockDifference.LIMIT_MILLIS)
                .append(" ms are allowed");
        if (own.isEmpty() && steps.isEmpty()) {
            text.append("; whose clock is off is not known: the time server ")
                    .append(ntp)
                    .append(" did not answer, or has no right time itself");
        }
        return new ClocksApartException(text.toString());
    }

    /** The director's clock and this machine's are too far from each other. */
    private static final class ClocksApartException extends SutException {
        ClocksApartException(String message) {
            super(
                    message,
                    "Set the clock of the machine that is off against the time server (chrony, ntpd), or let --set-clock do"
                            + " it, and keep it from being stepped while something is measured.");
        }
    }
}
