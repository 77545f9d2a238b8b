package dev.wattline.lab.server;

import dev.wattline.director.LabDoor;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveState;
import dev.wattline.lab.queue.JobQueue;
import dev.wattline.lab.queue.QueueJournal;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.live.TokenProof;
import dev.wattline.protocol.server.SideConnection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lab at a director. One thread of its own does everything, also what waits for the disk; the director's own threads
 * only leave messages to it, or look into the {@link PlaceKeeper}.
 */
public final class LabService implements LabDoor {
    private static final Logger LOG = LoggerFactory.getLogger(LabService.class);

    /** The lab's folder below that of the sessions. */
    public static final String FOLDER = "lab";

    private static final long TICK_MILLIS = 500;
    private static final long CLOSE_SECONDS = 10;

    private final ScheduledExecutorService lab;
    private final PlaceKeeper place = new PlaceKeeper();
    private final LabAdmission admission;
    private final QueueJournal journal;
    private final LabEngine engine;
    private final LabDisplay display;
    private final AgentRequests agents;
    private final ConsoleRequests consoles;
    private final LiveFeed live;
    private final LiveFeed.Watcher watcher;

    private LabService(Surroundings director, QueueJournal.Disk disk) {
        this.lab = thread();
        this.live = director.live();
        this.admission = new LabAdmission(director.config().settings().access());
        Path folder = director.config().settings().resultsDir().resolve(FOLDER);
        JobQueue queue = new JobQueue();
        this.journal = QueueJournal.open(folder, queue, disk);
        this.engine = new LabEngine(director, queue, journal, place, new JobLogs(folder));
        this.display = new LabDisplay(engine);
        KnownSuts known = new KnownSuts(folder);
        this.agents = new AgentRequests(engine, admission, known, director.time(), lab);
        this.consoles = new ConsoleRequests(engine, admission, known, director, lab);
        engine.watch(consoles::changed);
        this.watcher = new LiveFeed.Watcher() {
            @Override
            public void changed() {
                later(engine::look);
            }

            @Override
            public void sampled(LiveState.Sample sample) {
                // Of each sample nobody here needs to know.
            }
        };
        live.watch(watcher);
        if (director.config().settings().access().lab().plain()) {
            LOG.warn("[lab] plain: agents and ops may come from other machines without TLS, where somebody between"
                    + " can speak for them");
        }
        var unused = lab.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Opens the lab of a director: what an earlier one left is read, and goes on when the agents are back. */
    public static LabService open(Surroundings director) {
        return open(director, QueueJournal.Disk::usual);
    }

    /** The same with the queue's journal on a disk that may be another than the usual one. */
    static LabService open(Surroundings director, QueueJournal.Disk disk) {
        return new LabService(director, disk);
    }

    private static ScheduledExecutorService thread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lab");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    private void tick() {
        try {
            engine.step();
            consoles.refresh();
            live.lab(display.shown());
        } catch (RuntimeException e) { // or the timer would end
            LOG.error("the lab's step failed", e);
        }
    }

    /** Messages that come while the lab is being closed are dropped: nothing was done about them. */
    private void later(Runnable task) {
        try {
            lab.execute(() -> {
                try {
                    task.run();
                    live.lab(display.shown());
                } catch (RuntimeException e) {
                    LOG.error("the lab failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the lab is closed", e);
        }
    }

    @Override
    public void listening(Runnable reconsider) {
        place.whenChanged(reconsider);
    }

    @Override
    public boolean knows(String firstLine) {
        return firstLine.startsWith(LabProtocol.ANY_VERSION);
    }

    @Override
    public Greeting greeted(String firstLine, SideConnection connection) {
        if (!firstLine.startsWith(LabProtocol.GREETING)) {
            return refused(
                    connection,
                    "this director speaks version 1 of the lab's protocol, and was greeted with "
                            + OneLine.quoted(firstLine) + "; use a Wattline of the same version on both sides");
        }
        if (firstLine.startsWith(LabProtocol.TICKET)) {
            String ticket = firstLine.substring(LabProtocol.TICKET.length());
            return place.show(ticket, connection.address().toString())
                    .<Greeting>map(job -> new Greeting.Ticket(LabProtocol.OK + " job=" + job, job))
                    .orElseGet(() -> refused(connection, "the ticket is not known, or was used"));
        }
        for (Role role : Role.values()) {
            if (firstLine.equals(LabProtocol.GREETING + role.word())) {
                return admission
                        .refusal(role, connection)
                        .<Greeting>map(why -> refused(connection, why))
                        .orElseGet(() -> served(role, connection));
            }
        }
        return refused(connection, "expected agent, console, or runner with a ticket");
    }

    private static Greeting refused(SideConnection connection, String why) {
        LOG.warn("refused {}: {}", connection.address(), why);
        return new Greeting.Refused("Error: " + why);
    }

    private Greeting served(Role role, SideConnection connection) {
        Optional<String> nonce = admission.mustProve(connection) ? Optional.of(TokenProof.nonce()) : Optional.empty();
        LabPeer peer =
                new LabPeer(role, connection, admission, this::later, role == Role.AGENT ? agents : consoles, nonce);
        return new Greeting.Served(
                LabProtocol.OK + nonce.map(hex -> LabProtocol.NONCE + hex).orElse(""),
                peer,
                LabProtocol.MAX_LINE_BYTES);
    }

    @Override
    public Optional<String> refusal(Optional<String> job) {
        return place.refusal(job);
    }

    @Override
    public void ticketGone(String job) {
        later(() -> engine.runnerGone(job));
    }

    @Override
    public void close() {
        live.forget(watcher);
        lab.shutdown();
        try {
            if (!lab.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the lab did not end within {} s: the disk takes long", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
