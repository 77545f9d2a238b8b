package dev.wattline.campaign.engine;

import dev.wattline.campaign.engine.CampaignLine.Amended;
import dev.wattline.campaign.engine.CampaignLine.Attempt;
import dev.wattline.campaign.engine.CampaignLine.Done;
import dev.wattline.campaign.engine.CampaignLine.Gated;
import dev.wattline.campaign.engine.CampaignLine.HandedOver;
import dev.wattline.campaign.engine.CampaignLine.Paused;
import dev.wattline.campaign.engine.CampaignLine.Resumed;
import dev.wattline.campaign.engine.CampaignLine.RetryAsked;
import dev.wattline.campaign.engine.CampaignLine.Verdict;
import dev.wattline.campaign.engine.Standing.Status;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a campaign stands: what its journal comes to, and nothing else. Immutable; a line makes another state of it.
 * Whatever a process knew that ended is here, so that a campaign that was killed and one that was not go on alike.
 */
public final class CampaignState {
    private final RetryPolicy policy;
    private final Map<CellRepeat, Standing> standings; // in the order in which they are measured
    private final Optional<OpenAttempt> open;
    private final Optional<String> paused;
    private final int givenUpInARow;
    private final boolean done;
    private final Optional<Instant> lastEnd;
    private final CampaignHistory history;

    private CampaignState(
            RetryPolicy policy,
            Map<CellRepeat, Standing> standings,
            Optional<OpenAttempt> open,
            Optional<String> paused,
            int givenUpInARow,
            boolean done,
            Optional<Instant> lastEnd,
            CampaignHistory history) {
        this.policy = policy;
        this.standings = standings;
        this.open = open;
        this.paused = paused;
        this.givenUpInARow = givenUpInARow;
        this.done = done;
        this.lastEnd = lastEnd;
        this.history = history;
    }

    /** Of a campaign that has not begun. */
    public static CampaignState initial(List<CellRepeat> order, RetryPolicy policy) {
        Map<CellRepeat, Standing> all = new LinkedHashMap<>();
        order.forEach(what -> all.put(what, Standing.UNTRIED));
        return new CampaignState(
                policy, all, Optional.empty(), Optional.empty(), 0, false, Optional.empty(), CampaignHistory.NONE);
    }

    /** The state that a journal comes to. */
    public static CampaignState of(List<CellRepeat> order, RetryPolicy policy, List<JournalEntry> entries) {
        CampaignState state = initial(order, policy);
        for (JournalEntry entry : entries) {
            state = state.after(entry);
        }
        return state;
    }

    /**
     * The state after one more line.
     *
     * @throws IllegalStateException if the line cannot follow
     */
    public CampaignState after(JournalEntry entry) {
        CampaignState next = moved(entry);
        CampaignHistory told = history.after(entry.line());
        return told.equals(history)
                ? next
                : new CampaignState(
                        policy,
                        next.standings,
                        next.open,
                        next.paused,
                        next.givenUpInARow,
                        next.done,
                        next.lastEnd,
                        told);
    }

    private CampaignState moved(JournalEntry entry) {
        CampaignLine line = entry.line();
        if (line instanceof Attempt attempt) {
            require(open.isEmpty(), entry);
            OpenAttempt begun = new OpenAttempt(attempt.what(), attempt.number(), attempt.boot(), false);
            return with(attempt.what(), standing(attempt.what()).begun(attempt.number()), Optional.of(begun));
        } else if (line instanceof Gated gated) {
            CellRepeat what = attempt(entry).what();
            return gated.open() ? this : with(what, standing(what).gateMissed(), open);
        } else if (line instanceof HandedOver) {
            return with(open.map(OpenAttempt::asHandedOver));
        } else if (line instanceof Verdict verdict) {
            return ended(attempt(entry).what(), verdict, entry.at());
        } else if (line instanceof Paused why) {
            return new CampaignState(
                    policy, standings, open, Optional.of(why.why()), givenUpInARow, done, lastEnd, history);
        } else if (line instanceof Resumed) {
            return new CampaignState(policy, standings, open, Optional.empty(), 0, done, lastEnd, history);
        } else if (line instanceof RetryAsked asked) {
            CampaignState again = with(asked.what(), standing(asked.what()).askedAgain(), open);
            return new CampaignState(policy, again.standings, open, paused, 0, false, lastEnd, history);
        } else if (line instanceof Amended) {
            return new CampaignState(policy, standings, open, paused, 0, false, lastEnd, history);
        } else if (line instanceof Done) {
            return new CampaignState(policy, standings, open, paused, givenUpInARow, true, lastEnd, history);
        }
        return this; // it is about nothing that has a standing
    }

    private CampaignState ended(CellRepeat what, Verdict verdict, Instant at) {
        Standing before = standing(what);
        Standing now = verdict.cause()
                .map(cause -> before.failed(cause, verdict.session(), verdict.why(), at, policy.limit(cause)))
                .orElseGet(() -> before.valid(verdict.session(), at));
        CampaignState next = with(what, now, Optional.empty());
        int inARow = now.status() == Status.FAILED ? givenUpInARow + 1 : now.isFinal() ? 0 : givenUpInARow;
        return new CampaignState(
                policy, next.standings, Optional.empty(), paused, inARow, done, Optional.of(at), history);
    }

    private CampaignState with(CellRepeat what, Standing standing, Optional<OpenAttempt> attempt) {
        Map<CellRepeat, Standing> all = new LinkedHashMap<>(standings);
        all.put(what, standing);
        return new CampaignState(policy, all, attempt, paused, givenUpInARow, done, lastEnd, history);
    }

    private CampaignState with(Optional<OpenAttempt> attempt) {
        return new CampaignState(policy, standings, attempt, paused, givenUpInARow, done, lastEnd, history);
    }

    private OpenAttempt attempt(JournalEntry entry) {
        require(open.isPresent(), entry);
        return open.orElseThrow();
    }

    private static void require(boolean holds, JournalEntry entry) {
        if (!holds) {
            throw new IllegalStateException("this line of the journal cannot stand where it does: " + entry);
        }
    }

    /** What to do next. The clock serves to wait no longer than asked for: it may have been set since the line before. */
    public CampaignStep next(Instant now) {
        if (open.isPresent()) {
            return new CampaignStep.Settle(open.get());
        }
        if (history.aborted()) {
            return new CampaignStep.Abort();
        }
        if (paused.isPresent()) {
            return new CampaignStep.Pause(paused.get());
        }
        if (givenUpInARow >= policy.maxFailures()) {
            return new CampaignStep.Pause(givenUpInARow + " were given up in a row");
        }
        for (Map.Entry<CellRepeat, Standing> entry : standings.entrySet()) {
            Standing standing = entry.getValue();
            if (!standing.isFinal()) {
                Duration delay = standing.last()
                        .map(cause -> left(delay(standing, cause), standing.endedAt(), now))
                        .orElse(Duration.ZERO);
                return delay.isZero()
                        ? new CampaignStep.Begin(entry.getKey(), standing.attempts() + 1)
                        : new CampaignStep.AwaitRetry(entry.getKey(), delay);
            }
        }
        return new CampaignStep.Finish();
    }

    private Duration delay(Standing standing, Cause cause) {
        return policy.delay(cause, standing.failures().getOrDefault(cause, 0));
    }

    /** What is left of a time that began then: nothing if it is over, the whole if the clock was set back since. */
    static Duration left(Duration whole, Instant since, Instant now) {
        Duration past = Duration.between(since, now);
        return past.isNegative() ? whole : past.compareTo(whole) >= 0 ? Duration.ZERO : whole.minus(past);
    }

    /** Where each cell repeat stands, in the order in which they are measured. */
    public Map<CellRepeat, Standing> standings() {
        return new LinkedHashMap<>(standings);
    }

    /** Where one stands. */
    public Standing standing(CellRepeat what) {
        return Objects.requireNonNullElse(standings.get(what), Standing.UNTRIED);
    }

    /** The attempt that is being made, or was cut short. */
    public Optional<OpenAttempt> open() {
        return open;
    }

    /** Why the campaign is paused; empty if it is not. */
    public Optional<String> paused() {
        return paused;
    }

    /** Whether all is measured or given up, and the journal says so. */
    public boolean isDone() {
        return done && standings.values().stream().allMatch(Standing::isFinal);
    }

    /** What the journal tells beside where each cell repeat stands. */
    public CampaignHistory history() {
        return history;
    }

    /** When the last attempt ended. */
    public Optional<Instant> lastEnd() {
        return lastEnd;
    }

    /** How many stand like this. */
    public int count(Status status) {
        return (int) standings.values().stream()
                .filter(standing -> standing.status() == status)
                .count();
    }
}
