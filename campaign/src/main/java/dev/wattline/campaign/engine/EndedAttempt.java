package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An attempt as a campaign's journal has it. None is ever taken out of it.
 *
 * @param number from 1
 * @param cause why it came to nothing; empty if its session counts
 * @param session the session's folder; empty if there is none
 * @param why in words; empty if the session counts
 * @param at when it ended
 */
public record EndedAttempt(CellRepeat what, int number, Optional<Cause> cause, String session, String why, Instant at) {
    /** All of them, in order. */
    public static List<EndedAttempt> of(List<JournalEntry> journal) {
        List<EndedAttempt> all = new ArrayList<>();
        Optional<CampaignLine.Attempt> open = Optional.empty();
        for (JournalEntry entry : journal) {
            if (entry.line() instanceof CampaignLine.Attempt attempt) {
                open = Optional.of(attempt);
            } else if (entry.line() instanceof CampaignLine.Verdict verdict && open.isPresent()) {
                all.add(new EndedAttempt(
                        open.get().what(),
                        open.get().number(),
                        verdict.cause(),
                        verdict.session(),
                        verdict.why(),
                        entry.at()));
                open = Optional.empty();
            }
        }
        return all;
    }

    /** Whether its session counts. */
    public boolean isValid() {
        return cause.isEmpty();
    }

    /** The session of a cell that is submitted: the one that somebody chose last, else the first that is valid. */
    public static Optional<EndedAttempt> chosen(String cell, List<JournalEntry> journal) {
        List<EndedAttempt> valid = of(journal).stream()
                .filter(attempt -> attempt.what().cell().equals(cell) && attempt.isValid())
                .toList();
        return choice(cell, journal)
                .flatMap(choice -> valid.stream()
                        .filter(attempt -> attempt.what().equals(choice.what()) && attempt.number() == choice.number())
                        .findFirst())
                .or(() -> valid.stream().findFirst());
    }

    /** What somebody chose for a cell last; empty if nobody has. */
    public static Optional<CampaignLine.Chosen> choice(String cell, List<JournalEntry> journal) {
        return journal.stream()
                .map(JournalEntry::line)
                .filter(CampaignLine.Chosen.class::isInstance)
                .map(CampaignLine.Chosen.class::cast)
                .filter(chosen -> chosen.what().cell().equals(cell))
                .reduce((before, last) -> last);
    }
}
