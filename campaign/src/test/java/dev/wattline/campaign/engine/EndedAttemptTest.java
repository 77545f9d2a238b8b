package dev.wattline.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndedAttemptTest {
    private static final CellRepeat ONE = new CellRepeat("a", 1);
    private static final CellRepeat TWO = new CellRepeat("a", 2);

    private final List<JournalEntry> journal = new ArrayList<>();

    private void add(CampaignLine line) {
        JournalEntry entry = new JournalEntry(Instant.EPOCH, line);
        journal.add(JournalEntry.parse(entry.text()).orElseThrow());
        assertThat(journal.get(journal.size() - 1)).isEqualTo(entry);
    }

    private void attempt(CellRepeat what, int number, Optional<Cause> cause, String session) {
        add(new CampaignLine.Attempt(what, number, "boot"));
        add(new CampaignLine.HandedOver());
        add(new CampaignLine.Verdict(cause, session, ""));
    }

    @Test
    void theFirstValidSessionIsSubmittedUnlessSomebodyChoosesAnother() {
        attempt(ONE, 1, Optional.of(Cause.INVALID), "s1");
        attempt(ONE, 2, Optional.empty(), "s2");
        attempt(TWO, 1, Optional.empty(), "s3");
        attempt(new CellRepeat("b", 1), 1, Optional.empty(), "s4");
        assertThat(EndedAttempt.of(journal)).hasSize(4);
        assertThat(EndedAttempt.chosen("a", journal).orElseThrow().session()).isEqualTo("s2");
        assertThat(EndedAttempt.chosen("c", journal)).isEmpty();

        add(new CampaignLine.Chosen(TWO, 1, "the fans of the first were blocked", "somebody"));

        assertThat(EndedAttempt.chosen("a", journal).orElseThrow().session()).isEqualTo("s3");
        assertThat(EndedAttempt.chosen("b", journal).orElseThrow().session()).isEqualTo("s4");
    }

    @Test
    void anAttemptThatNobodySettledIsNone() {
        add(new CampaignLine.Attempt(ONE, 1, "boot"));

        assertThat(EndedAttempt.of(journal)).isEmpty();
    }
}
