package dev.wattline.director;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.DirectorSettings;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.config.PageSettings;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.SessionPruning;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveState.Ended;
import dev.wattline.director.notice.Notices;
import dev.wattline.director.session.Clients;
import dev.wattline.director.session.DirectorContext;
import dev.wattline.director.session.InterruptedSessions;
import dev.wattline.director.web.LivePage;
import dev.wattline.model.IoErrors;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.ServerOptions;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdDeadlines;
import dev.wattline.ptd.PtdOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running director. It starts only when the clock is right and every analyzer has answered, measures for one client at
 * a time, and closes what it started in reverse order: an open session is ended and kept, its analyzers restored. Safe for
 * use by several threads.
 */
public final class Director implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Director.class);

    private final DirectorLifecycle lifecycle = new DirectorLifecycle();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final DirectorConfig config;
    private final Clients clients;
    private final ControlServer server;
    private final Optional<LivePage> page;

    private Director(DirectorEnvironment environment, DirectorClock clock, LabDoor.@Nullable Factory lab)
            throws InterruptedException {
        this.config = environment.config();
        try {
            requireResultsDir(config);
            lifecycle.started(
                    "lock of the sessions' folder",
                    ResultsLock.take(config.settings().resultsDir()));
            clock.check();
            PtdConnector connector = lifecycle.started("PTDaemon connections", PtdConnector.create(ptdOptions(config)));
            DirectorContext context = environment.context(connector);
            lifecycle.started("restoring of ranges", context.restores());
            prepare(context);
            // Before the sessions, so that the end of one that a signal cuts short is told, too.
            config.settings()
                    .noticeProgram()
                    .ifPresent(program -> lifecycle.started("notices", Notices.start(context.live(), program)));
            this.clients = lifecycle.started("sessions", new Clients(context, clock::set, stopped::countDown));
            ServerOptions options = ListenerOptions.options(config, environment.time());
            if (lab != null) {
                options = options.withSide(lifecycle.started(
                        "lab",
                        lab.open(new LabDoor.Surroundings(
                                config, environment.time(), context.live(), clients::cancel))));
            }
            this.server = lifecycle.started("control server", ControlServer.start(options, clients));
            this.page =
                    config.settings().access().page().map(page -> lifecycle.started("live page", page(page, context)));
            lifecycle.started("work for the client", this::announceEnd);
        } catch (RuntimeException | InterruptedException e) {
            lifecycle.close();
            throw e;
        }
        LOG.info(
                "ready: listening on {} with {} analyzer(s), sessions in {}",
                address(),
                config.analyzers().size(),
                config.settings().resultsDir());
    }

    /**
     * Starts a director and returns when it is ready.
     *
     * @throws dev.wattline.model.WattlineException if it cannot start; nothing is left running then
     */
    public static Director start(DirectorEnvironment environment, DirectorClock clock) throws InterruptedException {
        return new Director(environment, clock, null);
    }

    /**
     * The same with the lab's queue.
     *
     * @throws dev.wattline.model.WattlineException if it cannot start; nothing is left running then
     */
    public static Director start(DirectorEnvironment environment, DirectorClock clock, LabDoor.Factory lab)
            throws InterruptedException {
        return new Director(environment, clock, lab);
    }

    /**
     * Makes the folder of the sessions if it is not there, and tries to write to it.
     *
     * @throws dev.wattline.model.WattlineException if that is not possible
     */
    public static void requireResultsDir(DirectorConfig config) {
        Path folder = config.settings().resultsDir();
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "write", ".probe"));
        } catch (IOException e) {
            throw new DirectorException(
                    "cannot write sessions to " + folder + ": " + IoErrors.of(e),
                    "Set resultsDir in section [wattline] of the configuration to a folder that can be written.",
                    e);
        }
    }

    /** Ends what an earlier director left behind, and asks every analyzer whether it is there. */
    private static void prepare(DirectorContext context) throws InterruptedException {
        try {
            new InterruptedSessions(context).close();
            prune(context);
            StartupCheck.run(context);
        } catch (IOException e) {
            throw new DirectorException("could not check the sessions and analyzers: " + e, null, e);
        }
    }

    /** Shows what ended before this start, too; where that cannot be read, a page without it is better than none. */
    private static LivePage page(PageSettings settings, DirectorContext context) {
        Path results = context.config().settings().resultsDir();
        try {
            context.live()
                    .endedBefore(JournaledSession.latestClosed(results, LiveFeed.ENDED).stream()
                            .map(session -> new Ended(
                                    session.id(),
                                    session.openedAt(),
                                    session.closedAt().orElse(session.openedAt()),
                                    session.outcome(),
                                    session.failure().orElse(""),
                                    OptionalInt.empty()))
                            .toList());
        } catch (IOException e) {
            LOG.warn("the live page shows no earlier sessions: {}", IoErrors.of(e));
        }
        return LivePage.start(settings, context.live(), results, context.time());
    }

    private static void prune(DirectorContext context) throws IOException {
        DirectorSettings settings = context.config().settings();
        if (settings.keepDays().isPresent() || settings.keepBytes().isPresent()) {
            new SessionPruning(settings.keepDays(), settings.keepBytes(), false)
                    .prune(settings.resultsDir(), context.time().now(), false);
        }
    }

    private static PtdOptions ptdOptions(DirectorConfig config) {
        Deadlines deadlines = config.settings().deadlines();
        return PtdOptions.DEFAULT.withDeadlines(new PtdDeadlines(
                deadlines.start(), deadlines.start(), deadlines.reply(), deadlines.range(), deadlines.read()));
    }

    /** The client is told; what a session's own PTDaemon is waited for has little time from here on, another one none. */
    private void announceEnd() {
        clients.announceEnd();
        var unused = CompletableFuture.runAsync(clients::endRestoring);
        CompletableFuture.delayedExecutor(DirectorLimits.RESTORE_AFTER_SIGNAL.toMillis(), TimeUnit.MILLISECONDS)
                .execute(clients::breakOff);
    }

    /** Where it listens. */
    public HostPort address() {
        return server.addresses().get(0);
    }

    /** Where its live page is, if it serves one. */
    public Optional<HostPort> page() {
        return page.map(LivePage::address);
    }

    /** Whether a session was ended before it was done. */
    public boolean cutSessionShort() {
        return clients.cutShort();
    }

    /** Waits until a client's {@code stop} takes effect, or {@link #close} is called. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        lifecycle.close();
        stopped.countDown();
    }
}
