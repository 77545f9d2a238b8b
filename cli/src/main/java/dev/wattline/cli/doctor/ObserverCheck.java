package dev.wattline.cli.doctor;

import dev.wattline.analysis.source.ObserverEffect;
import dev.wattline.analysis.source.ObserverEffect.Verdict;
import dev.wattline.sut.SutException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether polling keeps a card awake, so that its idle power is another while it is measured. */
final class ObserverCheck implements DoctorCheck {
    private final DeepCounters test;

    ObserverCheck(DeepCounters test) {
        this.test = test;
    }

    @Override
    public String name() {
        return "energy counters: polling";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        try {
            return outcome(test.found().effects());
        } catch (SutException e) {
            return CheckOutcome.warn("cannot say: " + e.getMessage(), e.remedy().orElse(""));
        }
    }

    static CheckOutcome outcome(List<ObserverEffect> effects) {
        String cause = effects.stream()
                .map(one -> DeepCounters.card(one.entity(), one.name()) + ": "
                        + one.verdict().word().replace('-', ' ') + ", " + one.why())
                .collect(Collectors.joining("\n"));
        boolean awake = effects.stream().anyMatch(one -> one.verdict() == Verdict.KEPT_AWAKE);
        boolean open = effects.stream().anyMatch(one -> one.verdict() == Verdict.CANNOT_SAY);
        CheckOutcome outcome = awake
                ? CheckOutcome.warn(
                        cause,
                        "Polled, the card draws more than unpolled, or something else ran only then: look whether it"
                                + " comes out so again. Idle energies of a polled card hold the difference.")
                : open
                        ? CheckOutcome.warn(
                                cause, "Give --deep-seconds more, and let nothing else use the cards meanwhile.")
                        : CheckOutcome.pass(cause);
        for (int i = 0; i < effects.size(); i++) {
            ObserverEffect one = effects.get(i);
            outcome = DeepCounters.with(outcome, "card" + i + "UnpolledWatts", one.unpolledW(), one.unpolledHalfW());
            outcome = DeepCounters.with(outcome, "card" + i + "PolledWatts", one.polledW(), one.polledHalfW());
        }
        return outcome;
    }

    @Override
    public void settle() throws InterruptedException {
        test.awaitEnd();
    }
}
