package dev.wattline.campaign.engine;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.job.MachineBusyException;
import dev.wattline.agent.job.NotRestoredException;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignLine.Attempt;
import dev.wattline.campaign.engine.CampaignLine.Begun;
import dev.wattline.campaign.engine.CampaignLine.Defined;
import dev.wattline.campaign.engine.CampaignLine.Done;
import dev.wattline.campaign.engine.CampaignLine.HandedOver;
import dev.wattline.campaign.engine.CampaignLine.Paused;
import dev.wattline.campaign.engine.CampaignLine.Rebooting;
import dev.wattline.campaign.engine.CampaignLine.Verdict;
import dev.wattline.campaign.engine.CampaignStep.Abort;
import dev.wattline.campaign.engine.CampaignStep.AwaitRetry;
import dev.wattline.campaign.engine.CampaignStep.Begin;
import dev.wattline.campaign.engine.CampaignStep.Pause;
import dev.wattline.campaign.engine.CampaignStep.Settle;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Does what a campaign's state asks for, until the runner has its turn. It keeps nothing: each process reads the journal,
 * does the next steps, each of which is on the disk before it is done, and ends. That it was killed is nothing special then.
 */
public final class CampaignEngine {
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** So long a machine may take to go down. */
    private static final Duration REBOOT = Duration.ofMinutes(10);

    /** So often a wait looks whether somebody asks for a pause. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private static final Set<Integer> ASKED_TO_END = Set.of(129, 130, 143); // HUP, INT, TERM
    private static final int BY_SIGNAL = 128; // and above: how a shell tells that a signal ended a process

    private final CampaignCells cells;
    private final CampaignJournal journal;
    private final Machine machine;
    private final TimeSource time;
    private final Waiting waiting;
    private final Observer observer;
    private CampaignState state;
    private int folded; // so many lines are in the state

    /** How a turn ended. */
    public enum Turn {
        /** The runner has its turn. */
        HANDED_OVER,
        /** The attempt is over; there may be a next one. */
        ENDED,
        /** Everything is measured or given up. */
        DONE,
        /** Somebody must look. */
        PAUSED,
        /** Somebody has ended it for good. */
        ABORTED,
        /** Somebody asked for the end. */
        STOPPED
    }

    /** Told of what is done. */
    public interface Observer {
        /** A line for a person. */
        void say(String line);

        /** An attempt has ended. */
        void ended(CampaignState state);
    }

    public CampaignEngine(
            CampaignCells cells,
            CampaignJournal journal,
            Machine machine,
            TimeSource time,
            Waiting waiting,
            Observer observer) {
        this.cells = cells;
        this.journal = journal;
        this.machine = machine;
        this.time = time;
        this.waiting = waiting;
        this.observer = observer;
        this.state = CampaignState.initial(cells.order(), cells.policy());
    }

    /**
     * Goes on until a job is handed over or there is none.
     *
     * @throws NotRestoredException if what an earlier job had set cannot be restored
     * @throws MachineBusyException if somebody else has the machine and does not leave it by itself
     */
    public Turn next() {
        if (!whenFree(machine::recover, false)) {
            return Turn.STOPPED;
        }
        begin();
        while (true) {
            if (waiting.isStopped()) {
                return Turn.STOPPED;
            }
            load(); // somebody may have asked for a pause
            CampaignStep step = state.next(time.now());
            if (step instanceof Settle cut) {
                settle(cut.attempt(), List.of(), Optional.empty());
            } else if (step instanceof AwaitRetry retry) {
                observer.say(cells.shown(retry.what()) + ": tried again in "
                        + retry.delay().toSeconds() + " s");
                // The wait is over then, whatever the wall clock was set to meanwhile.
                if (!waited(retry.delay())) {
                    continue;
                }
                Optional<Turn> turn =
                        attempt(retry.what(), state.standing(retry.what()).attempts() + 1);
                if (turn.isPresent()) {
                    return turn.get();
                }
            } else if (step instanceof Begin attempt) {
                Optional<Turn> turn = attempt(attempt.what(), attempt.number());
                if (turn.isPresent()) {
                    return turn.get();
                }
            } else if (step instanceof Pause pause) {
                return pause(pause.why());
            } else if (step instanceof Abort) {
                observer.say("was aborted");
                return Turn.ABORTED;
            } else {
                if (!state.isDone()) {
                    add(new Done());
                }
                return Turn.DONE;
            }
        }
    }

    /**
     * Ends the job that the runner had.
     *
     * @param status how the runner ended
     */
    public Turn finish(int status) {
        Holder holder = new Holder();
        if (!whenFree(() -> holder.finish(status), true)) {
            return Turn.STOPPED;
        }
        load();
        state.open().ifPresent(attempt -> settle(attempt, holder.suspicions, Optional.of(status)));
        return holder.failure.isPresent() ? pause(holder.failure.get()) : Turn.ENDED;
    }

    private final class Holder {
        private List<String> suspicions = List.of();
        private Optional<String> failure = Optional.empty();

        private void finish(int status) {
            try {
                suspicions = machine.finish(status);
            } catch (NotRestoredException e) {
                suspicions = e.suspicions();
                failure = Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }

    /** @param patient also where who has the machine ends only when somebody ends it: what was measured is to be kept */
    private boolean whenFree(Runnable work, boolean patient) {
        boolean told = false;
        while (true) {
            try {
                work.run();
                return true;
            } catch (MachineBusyException e) {
                if (e.isEndless() && told && !patient) {
                    throw e; // still so at a second look
                }
                if (!told) {
                    observer.say("waiting: " + e.getMessage()
                            + e.remedy().map(remedy -> ". " + remedy).orElse(""));
                    told = true;
                }
                if (waiting.await(BUSY)) {
                    return false;
                }
            }
        }
    }

    /** Waits by the monotonic clock; false if a pause, an abort or the end was asked for meanwhile. */
    private boolean waited(Duration length) {
        long begin = time.nanoTime();
        while (true) {
            Duration left = length.minusNanos(time.nanoTime() - begin);
            if (left.isNegative() || left.isZero()) {
                return !isAsked();
            }
            if (waiting.await(left.compareTo(LOOK) < 0 ? left : LOOK) || isAsked()) {
                return false;
            }
        }
    }

    private boolean isAsked() {
        load();
        return waiting.isStopped()
                || state.paused().isPresent()
                || state.history().aborted();
    }

    /** Only now, for somebody else may have added lines while the machine was theirs. */
    private void load() {
        List<JournalEntry> entries = journal.entries();
        if (entries.size() != folded) {
            state = CampaignState.of(cells.order(), cells.policy(), entries);
            folded = entries.size();
        }
    }

    private void begin() {
        load();
        if (journal.entries().isEmpty()) {
            add(new Begun(cells.seed(), cells.order().size()));
        }
    }

    private void add(CampaignLine line) {
        JournalEntry entry = new JournalEntry(time.now(), line);
        CampaignState next = state.after(entry);
        write(entry);
        state = next;
        folded++;
    }

    /** Nothing goes on before its line is on the disk: a disk that is full for an hour must not cost the night. */
    private void write(JournalEntry entry) {
        boolean told = false;
        while (true) {
            try {
                journal.append(entry);
                return;
            } catch (CampaignException e) {
                if (!told) {
                    observer.say("waiting: " + e.getMessage()
                            + e.remedy().map(remedy -> ". " + remedy).orElse(""));
                    told = true;
                }
                if (waiting.await(BUSY)) {
                    throw e;
                }
            }
        }
    }

    private Turn pause(String why) {
        if (state.paused().isEmpty()) {
            add(new Paused(why));
        }
        observer.say("paused: " + why);
        return Turn.PAUSED;
    }

    private boolean isRebootDue() {
        CampaignHistory history = state.history();
        return cells.reboot()
                .filter(policy -> history.reboots() < policy.atMost())
                .filter(policy -> policy.everyJobs()
                                .filter(jobs -> history.attemptsSince() >= jobs)
                                .isPresent()
                        || policy.uptime()
                                .filter(longest -> machine.uptime().compareTo(longest) >= 0)
                                .isPresent())
                .isPresent();
    }

    /** It counts from its line on, whether the machine goes down or not: else a command that does nothing is tried for ever. */
    private Turn reboot() {
        int number = state.history().reboots() + 1;
        add(new Rebooting(number));
        observer.say("restarts the machine, reboot " + number);
        try {
            machine.reboot();
        } catch (AgentException e) {
            return pause("the machine cannot be started anew: " + e.getMessage());
        }
        return waiting.await(REBOOT) ? Turn.STOPPED : pause("the machine was to be started anew, and is still there");
    }

    /** Why no session of the cell may be begun now. */
    private Optional<String> hindrance(Cell cell) {
        Optional<Instant> deadline = cells.limits().deadline();
        if (deadline.isPresent() && time.now().plus(machine.expected(cell)).isAfter(deadline.get())) {
            return Optional.of("the next session would end after the deadline, " + deadline.get());
        }
        for (Map.Entry<String, String> now : machine.definitions(cell).entrySet()) {
            String first = state.history().definitions().get(now.getKey());
            if (first == null) {
                add(new Defined(now.getKey(), now.getValue(), false));
            } else if (!first.equals(now.getValue())) {
                return Optional.of(
                        "definition-changed: " + now.getKey()
                                + " is not what it was when it was first measured; 'resume --accept-change' takes what it is now");
            }
        }
        return Optional.empty();
    }

    /** Empty if the next step has its turn. */
    private Optional<Turn> attempt(CellRepeat what, int number) {
        Cell cell = Objects.requireNonNull(cells.byKey().get(what.cell()));
        if (isRebootDue()) {
            return Optional.of(reboot());
        }
        Optional<String> hindrance = hindrance(cell);
        if (hindrance.isPresent()) {
            return Optional.of(pause(hindrance.get()));
        }
        int position = cells.order().indexOf(what) + 1;
        observer.say("[" + position + "/" + cells.order().size() + "] " + cells.shown(what)
                + (number == 1 ? "" : ", attempt " + number));
        Optional<Instant> lastEnd = state.lastEnd();
        add(new Attempt(what, number, machine.boot()));
        try {
            GateWatch.Passage passage = new GateWatch(
                            machine, time, waiting, state.history().firstReadings())
                    .pass(cells.gates(), cell, lastEnd, this::add, observer);
            if (waiting.isStopped()) {
                return stopped();
            }
            if (passage != GateWatch.Passage.OPEN) {
                verdict(Optional.of(Cause.GATE), "", "a gate did not open in time");
                return passage == GateWatch.Passage.PAUSE
                        ? Optional.of(pause("a gate did not open in time"))
                        : Optional.empty();
            }
            if (isAsked()) {
                verdict(Optional.of(Cause.STOPPED), "", "stopped before it was measured");
                return Optional.empty();
            }
            machine.prepare(cell, cells.label(what, number));
            handOver();
            if (waiting.isStopped()) {
                machine.finish(0);
                return stopped();
            }
            return Optional.of(Turn.HANDED_OVER);
        } catch (NotRestoredException e) {
            verdict(Optional.of(Cause.PREPARATION), "", String.valueOf(e.getMessage()));
            return Optional.of(pause(String.valueOf(e.getMessage())));
        } catch (MachineBusyException e) {
            verdict(Optional.of(Cause.NOT_STARTED), "", String.valueOf(e.getMessage()));
            return whenFree(machine::recover, false) ? Optional.empty() : Optional.of(Turn.STOPPED);
        } catch (AgentException e) {
            if (waiting.isStopped()) {
                return stopped();
            }
            verdict(Optional.of(Cause.PREPARATION), "", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void handOver() {
        try {
            add(new HandedOver());
        } catch (CampaignException e) {
            machine.finish(0); // it is not measured, so that what is set for it must not stay
            throw e;
        }
    }

    private Optional<Turn> stopped() {
        verdict(Optional.of(Cause.STOPPED), "", "stopped before it was measured");
        return Optional.of(Turn.STOPPED);
    }

    /** Finds out how an attempt ended, also one of an earlier process. */
    private void settle(OpenAttempt attempt, List<String> suspicions, Optional<Integer> status) {
        Optional<Machine.Result> found = machine.result(cells.label(attempt.what(), attempt.number()));
        if (found.isPresent() && found.get().cause().isEmpty() && !suspicions.isEmpty()) {
            verdict(Optional.of(Cause.INVALID), found.get().session(), String.join("; ", suspicions));
        } else if (found.isPresent()) {
            verdict(found.get().cause(), found.get().session(), found.get().why());
        } else if (status.filter(ASKED_TO_END::contains).isPresent()) {
            verdict(Optional.of(Cause.STOPPED), "", "ended by a signal");
        } else if (status.filter(one -> one > 0 && one < BY_SIGNAL).isPresent()) {
            verdict(Optional.of(Cause.INFRASTRUCTURE), "", "the runner ended with status " + status.get());
        } else {
            boolean started = !attempt.boot().equals(machine.boot());
            verdict(
                    Optional.of(attempt.handedOver() ? Cause.INTERRUPTED : Cause.NOT_STARTED),
                    "",
                    started ? "the machine was started anew meanwhile" : "killed");
        }
    }

    private void verdict(Optional<Cause> cause, String session, String why) {
        CellRepeat what = state.open().map(OpenAttempt::what).orElseThrow();
        add(new Verdict(cause, session, why));
        Standing now = state.standing(what);
        observer.say(cells.shown(what) + ": "
                + cause.map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + why
                                + (now.status() == Standing.Status.FAILED ? "; given up" : ""))
                        .orElse("valid"));
        observer.ended(state);
    }
}
