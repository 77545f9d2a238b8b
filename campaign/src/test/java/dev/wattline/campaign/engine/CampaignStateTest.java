package dev.wattline.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignStateTest {
    private static final Instant T0 = Instant.parse("2026-11-28T20:00:00Z");
    private static final CellRepeat A = new CellRepeat("a", 1);
    private static final CellRepeat B = new CellRepeat("b", 1);
    private static final CellRepeat C = new CellRepeat("c", 1);
    private static final RetryPolicy POLICY = new RetryPolicy(Map.of(), Duration.ofMinutes(1), 2);

    private final List<JournalEntry> lines = new ArrayList<>();

    private CampaignState state() {
        return CampaignState.of(List.of(A, B, C), POLICY, lines);
    }

    private void add(CampaignLine... more) {
        for (CampaignLine line : more) {
            JournalEntry entry = new JournalEntry(T0, line);
            // As it is read again.
            lines.add(JournalEntry.parse(entry.text()).orElseThrow());
            assertThat(lines.get(lines.size() - 1)).isEqualTo(entry);
        }
    }

    private void attempt(CellRepeat what, Cause... cause) {
        int number = state().standing(what).attempts() + 1;
        add(
                new CampaignLine.Attempt(what, number, "boot"),
                new CampaignLine.HandedOver(),
                new CampaignLine.Verdict(Optional.ofNullable(cause.length == 0 ? null : cause[0]), "s" + number, ""));
    }

    @Test
    void oneAfterTheOtherInOrder() {
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Begin(A, 1));
        attempt(A);
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Begin(B, 1));
        attempt(B);
        attempt(C);
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Finish());
        assertThat(state().standing(A).session()).isEqualTo("s1");
    }

    @Test
    void whatFailedIsTriedAgainAfterItsDelayUntilItsLimit() {
        attempt(A, Cause.INVALID);
        assertThat(state().next(T0.plusSeconds(10))).isEqualTo(new CampaignStep.AwaitRetry(A, Duration.ofSeconds(50)));
        assertThat(state().next(T0.plusSeconds(60))).isEqualTo(new CampaignStep.Begin(A, 2));
        attempt(A, Cause.INVALID);
        assertThat(state().next(T0)).as("doubled").isEqualTo(new CampaignStep.AwaitRetry(A, Duration.ofMinutes(2)));
        attempt(A, Cause.INVALID);
        assertThat(state().standing(A).status()).isEqualTo(Standing.Status.FAILED);
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Begin(B, 1));
    }

    @Test
    void aClockThatWasSetMakesNoDelayLonger() {
        attempt(A, Cause.INVALID);

        assertThat(state().next(T0.minus(Duration.ofDays(1))))
                .isEqualTo(new CampaignStep.AwaitRetry(A, Duration.ofMinutes(1)));
        assertThat(state().next(T0.plus(Duration.ofDays(1)))).isEqualTo(new CampaignStep.Begin(A, 2));
    }

    @Test
    void someGivenUpInARowPauseItUntilItIsResumed() {
        attempt(A, Cause.GATE);
        attempt(B, Cause.GATE);
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Pause("2 were given up in a row"));

        add(new CampaignLine.Paused("2 were given up in a row"), new CampaignLine.Resumed());

        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Begin(C, 1));
    }

    @Test
    void whatWasGivenUpIsTriedAgainWhereSomebodyAsks() {
        attempt(A, Cause.GATE);
        attempt(B);
        attempt(C);
        add(new CampaignLine.Done());
        assertThat(state().isDone()).isTrue();

        add(new CampaignLine.RetryAsked(A));

        assertThat(state().isDone()).isFalse();
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Begin(A, 2));
    }

    @Test
    void anAttemptThatWasCutShortIsSettledFirst() {
        add(new CampaignLine.Attempt(A, 1, "boot"));
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Settle(new OpenAttempt(A, 1, "boot", false)));
        add(new CampaignLine.Gated("gpu.temp", "51.0", false, 600), new CampaignLine.HandedOver());
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Settle(new OpenAttempt(A, 1, "boot", true)));
        assertThat(state().standing(A).gateTimeout()).isTrue();
    }

    @Test
    void whatWasCutShortIsSettledBeforeAPauseAndAnAbort() {
        add(new CampaignLine.Attempt(A, 1, "boot"), new CampaignLine.Paused("operator"));
        assertThat(state().next(T0)).isInstanceOf(CampaignStep.Settle.class);
        add(new CampaignLine.Verdict(Optional.of(Cause.STOPPED), "", "killed"));
        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Pause("operator"));

        add(new CampaignLine.Aborted("somebody"));

        assertThat(state().next(T0)).isEqualTo(new CampaignStep.Abort());
        assertThat(state().history().aborted()).isTrue();
    }

    @Test
    void anAcceptedDefinitionTakesTheFirstOnesPlace() {
        add(new CampaignLine.Defined("workload sgemm", "a1", false));
        add(new CampaignLine.Defined("workload sgemm", "b2", true));

        assertThat(state().history().definitions()).containsExactly(Map.entry("workload sgemm", "b2"));
        assertThat(state().history().accepted()).containsExactly("workload sgemm");
    }

    @Test
    void aCampaignThatIsAmendedIsDoneNoMore() {
        attempt(A);
        attempt(B);
        attempt(C);
        add(new CampaignLine.Done(), new CampaignLine.Amended(1));

        assertThat(state().isDone()).isFalse();
    }

    @Test
    void aLineThatCannotStandThereIsTold() {
        add(new CampaignLine.Attempt(A, 1, "boot"));
        add(new CampaignLine.Attempt(B, 1, "boot"));

        assertThatThrownBy(this::state).hasMessageContaining("cannot stand where it does");
    }

    @Test
    void aThousandStepsAreFoldedInNoTime() {
        List<CellRepeat> order = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            CellRepeat what = new CellRepeat("cell", i);
            order.add(what);
            add(
                    new CampaignLine.Attempt(what, 1, "boot"),
                    new CampaignLine.HandedOver(),
                    new CampaignLine.Verdict(Optional.empty(), "s", ""));
        }

        assertThat(CampaignState.of(order, POLICY, lines).count(Standing.Status.VALID))
                .isEqualTo(1000);
    }
}
