package dev.wattline.campaign.engine;

import dev.wattline.campaign.engine.CampaignEngine.Observer;
import dev.wattline.campaign.engine.CampaignLine.Gated;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.Gate.Cooldown;
import dev.wattline.campaign.plan.Gate.Rest;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits until the gates are open, by the monotonic clock. */
final class GateWatch {
    private final Machine machine;
    private final TimeSource time;
    private final Waiting waiting;

    /** Whether a session may be measured. */
    enum Passage {
        OPEN,
        SKIP,
        PAUSE
    }

    GateWatch(Machine machine, TimeSource time, Waiting waiting) {
        this.machine = machine;
        this.time = time;
        this.waiting = waiting;
    }

    /**
     * Waits for all of them; ends early where somebody asks the campaign to end.
     *
     * @param lastEnd when the session before ended
     * @param journal told of each gate
     */
    Passage pass(List<Gate> gates, Optional<Instant> lastEnd, Consumer<CampaignLine> journal, Observer observer) {
        for (Gate gate : gates) {
            Passage passage = Passage.OPEN;
            if (gate instanceof Rest rest) {
                rest(rest, lastEnd, journal, observer);
            } else if (gate instanceof Cooldown cooldown) {
                passage = cooldown(cooldown, journal, observer);
            }
            if (passage != Passage.OPEN || waiting.isStopped()) {
                return passage;
            }
        }
        return Passage.OPEN;
    }

    private void rest(Rest rest, Optional<Instant> lastEnd, Consumer<CampaignLine> journal, Observer observer) {
        Duration left = lastEnd.map(end -> CampaignState.left(rest.atLeast(), end, time.now()))
                .orElse(Duration.ZERO);
        if (!left.isZero()) {
            observer.say("rests for " + left.toSeconds() + " s");
            if (!waiting.await(left)) {
                journal.accept(new Gated("rest", "", true, left.toSeconds()));
            }
        }
    }

    private Passage cooldown(Cooldown gate, Consumer<CampaignLine> journal, Observer observer) {
        long begin = time.nanoTime();
        boolean told = false;
        while (true) {
            double value = machine.sensor(gate.sensor());
            Duration past = Duration.ofNanos(time.nanoTime() - begin);
            boolean open = value < gate.below();
            if (open || past.compareTo(gate.atMost()) >= 0) {
                journal.accept(new Gated(gate.sensor(), String.valueOf(value), open, past.toSeconds()));
                if (!open) {
                    observer.say(gate.sensor() + " is still " + value + " after " + past.toSeconds() + " s");
                }
                return open
                        ? Passage.OPEN
                        : switch (gate.onTimeout()) {
                            case MEASURE -> Passage.OPEN;
                            case SKIP -> Passage.SKIP;
                            case PAUSE -> Passage.PAUSE;
                        };
            }
            if (!told) {
                observer.say("waits until " + gate.sensor() + ", now " + value + ", is below " + gate.below());
                told = true;
            }
            Duration left = gate.atMost().minus(past);
            if (waiting.await(left.compareTo(gate.every()) < 0 ? left : gate.every())) {
                return Passage.OPEN;
            }
        }
    }
}
