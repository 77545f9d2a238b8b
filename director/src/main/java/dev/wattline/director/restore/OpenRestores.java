package dev.wattline.director.restore;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.analyzer.RangeRestorer;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.journal.JournaledSession.InitialRanges;
import dev.wattline.director.journal.JournaledSession.StartedPtd;
import dev.wattline.director.journal.OrphanedPtd;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.ptd.PtdConnector;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that analyzers get back the ranges that they had before the first fault. Whoever starts an analyzer asks here
 * what is to be restored before its ranges are read; between sessions a thread for each analyzer that waits for its ranges
 * tries it through a PTDaemon of its own, again and again. Safe for use by several threads.
 */
public final class OpenRestores implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRestores.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5); // between two attempts; doubled each time
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final String INTERRUPTED = "the restoring was interrupted";

    private final DirectorConfig config;
    private final OpenRestoreStore store;
    private final ClosedSessions closedSessions;
    private final PtdLauncher launcher;
    private final PtdConnector connector;
    private final TimeSource time;
    private final ScheduledThreadPoolExecutor threads;
    private final Map<Integer, ReentrantLock> attempting = new ConcurrentHashMap<>(); // by analyzer; held by an attempt
    private final Map<Integer, Analyzer> running = new ConcurrentHashMap<>(); // what attempts have started
    private final AtomicInteger round = new AtomicInteger(); // attempts of an earlier one give up
    private volatile boolean closed;

    /** Made once a director; nothing is tried before {@link #resume} or {@link #makeUp}. */
    public OpenRestores(DirectorConfig config, PtdLauncher launcher, PtdConnector connector, TimeSource time) {
        this.config = config;
        this.store = new OpenRestoreStore(config.settings().resultsDir());
        this.closedSessions = new ClosedSessions(config.settings().resultsDir(), time);
        this.launcher = launcher;
        this.connector = connector;
        this.time = time;
        this.threads = new ScheduledThreadPoolExecutor(config.analyzers().size(), task -> {
            Thread thread = new Thread(task, "range-restoring");
            thread.setDaemon(true);
            return thread;
        });
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        config.analyzers().forEach(analyzer -> attempting.put(analyzer.number(), new ReentrantLock()));
    }

    /**
     * Takes down what an analyzer has before a session; on disk when this returns, and before a range is changed.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void opened(String session, AnalyzerConfig analyzer, AnalyzerIdentity identity, Ranges ranges) {
        store.put(OpenRestore.of(session, analyzer, identity, ranges, time.now()));
    }

    /** Takes over what the journal of an interrupted session says, unless it is known. */
    public void adopt(String session, InitialRanges initial, String instrument, Instant readAt) {
        Optional<AnalyzerConfig> analyzer = config.analyzers().stream()
                .filter(one -> one.number() == initial.analyzer())
                .findFirst();
        OpenRestore open = new OpenRestore(
                session,
                initial.analyzer(),
                analyzer.map(OpenRestore::addressOf).orElse(""),
                instrument,
                initial.volts(),
                initial.amps(),
                readAt,
                "",
                Optional.empty());
        if (!Files.exists(store.file(open))) {
            store.put(open);
        }
    }

    /** What an analyzer that has just said which instrument it is must get back before its ranges are read. */
    public Optional<OpenRestore> wanted(AnalyzerConfig analyzer, String instrument) {
        return store.all().stream()
                .filter(open -> concerns(open, analyzer, instrument))
                .findFirst(); // the oldest: it knows what was before the first fault
    }

    /** At its place another instrument may answer by now, and the instrument may have been moved to another place. */
    private boolean concerns(OpenRestore open, AnalyzerConfig analyzer, String instrument) {
        if (!open.mayBe(instrument)) {
            return false;
        }
        if (open.isAt(analyzer)) {
            return true;
        }
        boolean others = config.analyzers().stream().anyMatch(open::isAt);
        return !others && (open.isSame(instrument) || open.address().equals(OpenRestore.addressOf(analyzer)));
    }

    /** An analyzer was read to have what {@link #wanted} said. */
    public void madeUp(AnalyzerConfig analyzer, String instrument) {
        for (OpenRestore open : store.all()) {
            if (concerns(open, analyzer, instrument)) {
                LOG.info("session={} {} are restored", open.session(), open.describe());
                closedSessions.restored(open); // before, for this director may end at any moment
                store.remove(open);
                closedSessions.restored(open); // and behind, for the session may have been closed meanwhile
            }
        }
    }

    /** A session was closed, and its records say that these are not restored: some may be since. */
    public void closedWith(List<OpenRestore> written) {
        for (OpenRestore open : written) {
            if (of(open.session(), open.analyzer()).isEmpty()) {
                closedSessions.restored(open);
            }
        }
    }

    /** An analyzer was read to have what it had before this session. */
    public void restored(String session, int analyzer) {
        of(session, analyzer).ifPresent(store::remove);
    }

    /** What an analyzer had before this session could not be restored, for this reason. */
    public void failed(String session, int analyzer, String cause) {
        of(session, analyzer).ifPresent(open -> note(open.withCause(cause)));
    }

    private void note(OpenRestore open) {
        try {
            store.put(open);
        } catch (UncheckedIOException e) { // what is to be restored is on disk, and that is what counts
            LOG.warn("{}: {}", store.file(open), e.getMessage());
        }
    }

    /** Whatever is to be restored, the oldest first. */
    public List<OpenRestore> all() {
        return store.all();
    }

    /** What this session has left to be restored. */
    public List<OpenRestore> of(String session) {
        return store.all().stream()
                .filter(open -> open.session().equals(session))
                .toList();
    }

    private Optional<OpenRestore> of(String session, int analyzer) {
        return of(session).stream().filter(open -> open.analyzer() == analyzer).findFirst();
    }

    private List<OpenRestore> at(AnalyzerConfig analyzer) {
        return store.all().stream().filter(open -> open.isAt(analyzer)).toList();
    }

    /** Ends the PTDaemons that an earlier director had started to restore ranges. */
    public void endOrphans(Duration grace) {
        for (OpenRestore open : store.all()) {
            open.restoring().flatMap(OrphanedPtd::find).ifPresent(orphan -> OrphanedPtd.end(orphan, grace));
        }
    }

    /**
     * Tries once to restore what an analyzer waits for, through a PTDaemon of its own, and waits for the outcome.
     *
     * @param folder where that PTDaemon writes
     * @return why something is still to be restored; empty if nothing is
     */
    public Optional<String> makeUp(AnalyzerConfig analyzer, Path folder) throws InterruptedException {
        ReentrantLock lock = lock(analyzer);
        lock.lockInterruptibly();
        try {
            return attempt(analyzer, folder, shortDeadlines(), round.get());
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(AnalyzerConfig analyzer) {
        return attempting.computeIfAbsent(analyzer.number(), number -> new ReentrantLock());
    }

    private Optional<String> attempt(AnalyzerConfig analyzer, Path folder, Deadlines deadlines, int mine)
            throws InterruptedException {
        if (at(analyzer).isEmpty()) {
            return Optional.empty();
        }
        try {
            new RangeRestorer(config, launcher, connector, time)
                    .restore(analyzer, folder, deadlines, new Restoring(mine));
            return at(analyzer).isEmpty() ? Optional.empty() : Optional.of(otherInstrument(analyzer));
        } catch (WattlineException | UncheckedIOException e) {
            String cause = String.valueOf(e.getMessage());
            if (mine == round.get()) {
                failed(analyzer, cause);
            }
            return Optional.of(cause);
        } finally {
            running.remove(analyzer.number());
        }
    }

    private static String otherInstrument(AnalyzerConfig analyzer) {
        return "another instrument answers at " + OpenRestore.addressOf(analyzer);
    }

    private void failed(AnalyzerConfig analyzer, String cause) {
        for (OpenRestore open : at(analyzer)) {
            if (open.cause().equals(cause)) {
                LOG.debug("session={} {} still cannot be restored: {}", open.session(), open.describe(), cause);
            } else {
                LOG.error(
                        "session={} {} could not be restored: {}; it is tried again, and before the analyzer is used",
                        open.session(),
                        open.describe(),
                        cause);
                note(open.withCause(cause));
            }
        }
    }

    /** The events of a PTDaemon that is started to restore ranges: what it reads is nobody's to restore. */
    private final class Restoring implements AnalyzerEvents {
        private final int mine;

        Restoring(int mine) {
            this.mine = mine;
        }

        @Override
        public void ptdStarted(Analyzer analyzer, RunningPtd process) {
            StartedPtd started = new StartedPtd(
                    analyzer.number(),
                    process.pid(),
                    process.startedAtMillis(),
                    analyzer.config().networkPort(),
                    String.join(" ", analyzer.command()));
            at(analyzer.config()).forEach(open -> note(open.withRestoring(started)));
            running.put(analyzer.number(), analyzer);
            if (mine != round.get()) { // whoever has ended the round did not see this one
                analyzer.cut(INTERRUPTED);
            }
        }

        @Override
        public Optional<Ranges> toRestore(Analyzer analyzer, AnalyzerIdentity identity) {
            return wanted(analyzer.config(), identity.instrument()).map(OpenRestore::ranges);
        }

        @Override
        public void restored(Analyzer analyzer, AnalyzerIdentity identity) {
            madeUp(analyzer.config(), identity.instrument());
        }
    }

    /**
     * Begins to try, until each analyzer has what it waits for, or {@link #pause}.
     *
     * @param folder where the PTDaemons of the first attempts write; those of later ones write beside the records
     * @return completes when each was tried once
     */
    public CompletableFuture<Void> resume(Path folder) {
        int mine = round.incrementAndGet();
        CompletableFuture<?>[] first = config.analyzers().stream()
                .filter(analyzer -> !closed && !at(analyzer).isEmpty())
                .map(analyzer -> CompletableFuture.runAsync(
                        () -> attempt(analyzer, folder, shortDeadlines(), mine, FIRST_PAUSE), threads))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(first);
    }

    /** For an attempt that somebody waits for. */
    private Deadlines shortDeadlines() {
        return config.settings().deadlines().restoring();
    }

    private void attempt(AnalyzerConfig analyzer, Path folder, Deadlines deadlines, int mine, Duration pause) {
        ReentrantLock lock = lock(analyzer);
        lock.lock();
        try {
            if (mine != round.get()) {
                return;
            }
            Optional<String> failure = attempt(analyzer, folder, deadlines, mine);
            if (failure.isPresent() && mine == round.get() && !failure.get().equals(otherInstrument(analyzer))) {
                Duration longer = pause.multipliedBy(2);
                Duration next = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
                // Nobody waits for the next one: it may take as long as PTDaemon takes before a session.
                Deadlines patient = config.settings().deadlines();
                var unused = threads.schedule(
                        () -> attempt(analyzer, store.folder(), patient, mine, next),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // a record that cannot be read: whoever starts the analyzer is told of it
            LOG.error("analyzer={} its ranges cannot be restored: {}", analyzer.number(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off what is tried, and returns when no PTDaemon of it is left: the analyzers are needed. */
    public void pause() {
        round.incrementAndGet();
        running.values().forEach(analyzer -> analyzer.cut(INTERRUPTED));
        attempting.values().forEach(OpenRestores::awaitEnd);
    }

    private static void awaitEnd(ReentrantLock attempt) {
        attempt.lock();
        try {
            LOG.trace("no attempt is under way");
        } finally {
            attempt.unlock();
        }
    }

    /** Ends it; what is not restored stays on disk. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        pause();
    }
}
