package dev.wattline.cli.doctor;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.Deadlines;
import dev.wattline.protocol.time.ClockDifference;
import dev.wattline.sut.director.DirectorTarget;
import java.time.Duration;
import java.util.Set;

/**
 * Whether the director can be reached, and its clock against this machine's. A director that serves a session says so, and
 * is left alone.
 */
final class DirectorClockCheck implements DoctorCheck {
    private static final int EXCHANGES = 5;

    private final DirectorTarget director;
    private final ClientOptions options;

    DirectorClockCheck(DirectorTarget director, TimeSource time) {
        this.director = director;
        ClientOptions plain = impatient(time);
        this.options = director.tls().map(plain::withTls).orElse(plain);
    }

    /** How a doctor speaks to directors: 3 s for each step. */
    static ClientOptions impatient(TimeSource time) {
        Duration step = Duration.ofSeconds(3);
        return ClientOptions.defaults()
                .withTime(time)
                .withDeadlines(Deadlines.defaults()
                        .withConnect(step)
                        .withHandshake(step)
                        .withCommand(step));
    }

    @Override
    public String name() {
        return "director's clock";
    }

    @Override
    public CheckOutcome run() {
        try (ControlConnection connection = ControlConnection.open(director.address(), options)) {
            if (director.token().isPresent()) {
                return withToken(connection);
            }
            return outcome(best(connection));
        } catch (DirectorBusyException e) {
            return CheckOutcome.warn(
                    String.valueOf(e.getMessage()),
                    "It is there; its clock can be compared when that session has ended.");
        } catch (RequestRejectedException e) {
            return CheckOutcome.warn(String.valueOf(e.getMessage()), "It is there, but does not tell its time to all.");
        } catch (ControlTimeoutException e) {
            return CheckOutcome.warn(
                    String.valueOf(e.getMessage()),
                    "A director that lets clients wait is silent while it serves another; if it serves none, it hangs.");
        }
    }

    private CheckOutcome withToken(ControlConnection connection) {
        try {
            connection.offerExtension(Set.of(), director.token());
        } catch (RequestRejectedException e) {
            return CheckOutcome.fail(
                    String.valueOf(e.getMessage()), "Give the token that the director's configuration names.");
        }
        return outcome(best(connection));
    }

    private static ClockDifference best(ControlConnection connection) {
        ClockDifference best = connection.compareClocks();
        for (int i = 1; i < EXCHANGES; i++) {
            ClockDifference next = connection.compareClocks();
            best = next.uncertaintyMillis() < best.uncertaintyMillis() ? next : best;
        }
        return best;
    }

    private CheckOutcome outcome(ClockDifference difference) {
        String seen = "director " + director.address() + " answers; " + difference.describe();
        CheckOutcome outcome = difference.isWithinLimit()
                ? CheckOutcome.pass(seen)
                : CheckOutcome.fail(
                        seen + "; at most " + (int) ClockDifference.LIMIT_MILLIS + " ms are allowed",
                        "Set the clock of the machine that is off against NTP: run the doctor with -n on both.");
        return outcome.with("aheadMillis", difference.peerAheadMillis())
                .with("uncertaintyMillis", difference.uncertaintyMillis());
    }
}
