package dev.wattline.cli.doctor;

import dev.wattline.analysis.source.CounterTruth;
import dev.wattline.analysis.source.CounterTruth.Verdict;
import dev.wattline.analysis.source.ObserverEffect;
import dev.wattline.sut.SutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the cards' energy counters are worth, held against nvidia-smi under a load. */
final class CounterCheck implements DoctorCheck {
    private final DeepCounters test;

    CounterCheck(DeepCounters test) {
        this.test = test;
    }

    @Override
    public String name() {
        return "energy counters: gain";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        try {
            DeepCounters.Found found = test.found();
            return test.hasLoad()
                    ? outcome(found)
                    : CheckOutcome.warn(
                            "not known: without a load nothing tells gain, offset and lag",
                            "Give --load CMD, a command that loads the cards, best with pauses.");
        } catch (SutException e) {
            return CheckOutcome.warn("cannot say: " + e.getMessage(), e.remedy().orElse(""));
        }
    }

    static CheckOutcome outcome(DeepCounters.Found found) {
        List<String> lines = new ArrayList<>();
        Status worst = Status.PASS;
        String remedy = "";
        CheckOutcome outcome = CheckOutcome.pass("");
        List<ObserverEffect> cards = found.effects();
        for (int i = 0; i < cards.size(); i++) {
            ObserverEffect card = cards.get(i);
            String name = DeepCounters.card(card.entity(), card.name());
            Optional<CounterTruth> truth = found.truths().stream()
                    .filter(one -> one.entity().equals(card.entity()))
                    .findFirst();
            lines.add(truth.map(one -> name + ": " + one.verdict().word().replace('-', ' ') + ", " + one.why())
                    .orElse(name + ": cannot say, nvidia-smi shows no power of it"));
            Verdict verdict = truth.map(CounterTruth::verdict).orElse(Verdict.CANNOT_SAY);
            Status status = status(verdict);
            if (status.compareTo(worst) > 0) {
                worst = status;
                remedy = remedy(verdict);
            }
            if (truth.isPresent()) {
                outcome = DeepCounters.with(
                        outcome,
                        "card" + i + "Gain",
                        truth.get().gain(),
                        truth.get().gainHalf());
                outcome = DeepCounters.with(
                        outcome,
                        "card" + i + "OffsetWatts",
                        truth.get().offsetW(),
                        truth.get().offsetHalfW());
                outcome = DeepCounters.with(
                        outcome,
                        "card" + i + "LagSeconds",
                        truth.get().lagS(),
                        truth.get().lagHalfS());
            }
        }
        found.load().ifPresent(lines::add);
        return new CheckOutcome(worst, String.join("\n", lines), remedy, outcome.values());
    }

    private static Status status(Verdict verdict) {
        return switch (verdict) {
            case AGREES -> Status.PASS;
            case SCALED, LAGS, MODULE, CANNOT_SAY -> Status.WARN;
            case STUCK, CONTRADICTS -> Status.FAIL;
        };
    }

    private static String remedy(Verdict verdict) {
        return switch (verdict) {
            case AGREES -> "";
            case SCALED -> "Hold one of the two against a meter: which of them is off is not known.";
            case LAGS -> "Measure so long that the lag does not matter, or use nvidia-smi.";
            case MODULE -> "Take the counter for that of the whole module.";
            case CANNOT_SAY ->
                "Give --deep-seconds more, and a --load that draws much more than the idle card, some of the time.";
            case STUCK, CONTRADICTS -> "Measure with nvidia-smi, without nvml.";
        };
    }

    @Override
    public void settle() throws InterruptedException {
        test.awaitEnd();
    }
}
