package dev.wattline.sut.director;

import dev.wattline.model.PythonRepr;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.Deadlines;
import dev.wattline.protocol.client.ExchangeListener;
import dev.wattline.protocol.client.PeerSignal;
import dev.wattline.protocol.live.Agreement;
import dev.wattline.protocol.live.EventSeverity;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.sut.output.ClientLog;
import dev.wattline.sut.output.LiveStatus;
import dev.wattline.sut.output.RunConsole;
import dev.wattline.sut.output.RunEvent;
import dev.wattline.sut.output.RunEvents;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The runner's connection to the director with all that hangs on it: every line goes to client.log, what the director
 * says unasked becomes events, and one thread, blocked in a read, notices at once when the director goes away.
 */
public final class DirectorLink implements AutoCloseable {
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    /** A reference director that serves someone else lets a client wait in silence, for as long as that takes. */
    private static final Duration QUEUED_HANDSHAKE = Duration.ofDays(7);

    private static final int MAX_NOTE = 1000; // characters, of which none has more than three bytes: a line has 4 KiB

    private final ControlConnection connection;
    private final Optional<Agreement> agreement;

    private DirectorLink(ControlConnection connection, Optional<Agreement> agreement) {
        this.connection = connection;
        this.agreement = agreement;
    }

    /** What a link reports to. */
    public record Surroundings(
            ClientLog log,
            RunConsole console,
            LiveStatus status,
            RunEvents events,
            List<String> findings,
            TimeSource time) {}

    /**
     * Connects, greets, and offers the extension unless protocol v3 shall do.
     *
     * @param interrupted ends the waiting for a busy director
     */
    public static DirectorLink open(
            DirectorTarget target, Set<RunOption> options, Surroundings around, CountDownLatch interrupted) {
        boolean wait = options.contains(RunOption.WAIT_WHILE_BUSY);
        Deadlines deadlines = wait ? target.deadlines().withHandshake(QUEUED_HANDSHAKE) : target.deadlines();
        Listener listener = new Listener(around);
        ClientOptions client = ClientOptions.defaults()
                .withTime(around.time())
                .withListener(listener)
                .withDeadlines(deadlines);
        if (target.tls().isPresent()) {
            client = client.withTls(target.tls().get());
        }
        if (target.ticket().isPresent()) {
            client = client.withTicket(target.ticket().get());
        }
        ControlConnection connection = connect(target, client, wait, around, interrupted);
        try {
            Optional<Agreement> agreement = options.contains(RunOption.PLAIN_V3)
                    ? Optional.empty()
                    : connection.offerExtension(features(options, around.console()), target.token());
            listener.directorReports(agreement.isPresent());
            return new DirectorLink(connection, agreement);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static ControlConnection connect(
            DirectorTarget target,
            ClientOptions client,
            boolean wait,
            Surroundings around,
            CountDownLatch interrupted) {
        String told = "";
        while (true) {
            try {
                return ControlConnection.open(target.address(), client);
            } catch (DirectorBusyException e) {
                if (!wait || isInterrupted(interrupted)) {
                    throw e;
                }
                String busy = String.valueOf(e.getMessage());
                if (!busy.equals(told)) {
                    around.console().line(busy + "; trying again every " + RETRY_INTERVAL.toSeconds() + " s");
                    told = busy;
                }
            }
        }
    }

    /** Lets the interval between two tries pass; true where the runner is to end instead. */
    public static boolean isInterrupted(CountDownLatch interrupted) {
        try {
            return interrupted.await(RETRY_INTERVAL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Live values wake the runner once a second, so they are asked for only where somebody looks at them. */
    private static Set<Feature> features(Set<RunOption> options, RunConsole console) {
        EnumSet<Feature> features = EnumSet.of(Feature.PROGRESS, Feature.EVENTS);
        if (console.hasStatusLine() || options.contains(RunOption.LIVE)) {
            features.add(Feature.LIVE);
        }
        return features;
    }

    /** From now on a director that goes away, or says something unasked, is an event at once. To be called once. */
    public void watch(RunEvents events) {
        Runnable waiting = () -> {
            PeerSignal signal;
            do {
                signal = connection.awaitPeer();
                events.add(new RunEvent.FromPeer(signal));
            } while (signal instanceof PeerSignal.UnaskedLine);
        };
        Thread thread = new Thread(null, waiting, "director-watch", 128 * 1024L);
        thread.setDaemon(true);
        thread.start();
    }

    public ControlConnection connection() {
        return connection;
    }

    /** Whether the director is a Wattline one that agreed to speak the extension. */
    public boolean isExtended() {
        return agreement.isPresent();
    }

    public Optional<Agreement> agreement() {
        return agreement;
    }

    /** Lets a Wattline director's record say what this side has noticed; to any other it says nothing. */
    public void note(String kind, String text) {
        if (isExtended()) {
            String line = OneLine.of(text);
            connection.exchange(
                    new ControlRequest.Note(kind, line.length() > MAX_NOTE ? line.substring(0, MAX_NOTE) : line));
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Writes the dialogue down and passes on what comes unasked. */
    private static final class Listener implements ExchangeListener {
        private final Surroundings around;
        private final AnswerTimes times;
        private volatile boolean directorReports; // its own standstills

        Listener(Surroundings around) {
            this.around = around;
            this.times = new AnswerTimes(around.time());
        }

        void directorReports(boolean itself) {
            directorReports = itself;
        }

        @Override
        public void sent(String line) {
            around.log().info("Sending command to the server: " + PythonRepr.of(line));
        }

        @Override
        public void received(String line) {
            around.log().info("Got response: " + PythonRepr.of(line));
        }

        @Override
        public void answered(String request, Duration after) { // by whichever thread reads: the next one may be sent
            times.answered(request, after).ifPresent(this::stoodStill);
        }

        @Override
        public void receivedLate(String request, String reply, Duration after) {
            around.log()
                    .warning("Got response " + PythonRepr.of(reply) + " to " + PythonRepr.of(request) + " only after "
                            + after.toMillis() + " ms");
            times.answered(request, after).ifPresent(this::stoodStill);
        }

        private void stoodStill(String what) {
            if (!directorReports) {
                pushed(new Event(EventSeverity.WARNING, around.time().now(), ControlRequest.Note.SUSPENDED, what));
            }
        }

        @Override
        public void pushed(PushedLine line) {
            if (line instanceof PushedLine.LiveValues live) {
                around.status().live(live);
            } else if (line instanceof PushedLine.Progress progress) {
                around.status().progress(progress);
            } else if (line instanceof Event event) {
                show(event);
                around.events().add(new RunEvent.Reported(event));
            } else {
                around.log().info("Got " + PythonRepr.of(line.line()));
            }
        }

        private void show(Event event) {
            String text = "director: " + event.text() + " (" + event.code() + ", " + event.at() + ")";
            around.log().warning(text);
            around.console().line((event.severity() == EventSeverity.INFO ? "" : "warning: ") + text);
            around.findings().add(text);
        }

        @Override
        public void silence(Duration length) {
            around.log().warning("The server was silent for " + length.toMillis() + " ms in the middle of its work");
        }
    }
}
