package dev.wattline.campaign.engine;

import dev.wattline.campaign.engine.CampaignEngine.Observer;
import dev.wattline.campaign.engine.CampaignLine.Gated;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.Gate.Cooldown;
import dev.wattline.campaign.plan.Gate.Rest;
import dev.wattline.campaign.plan.Gate.WarmUp;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until the gates are open, by the monotonic clock. */
final class GateWatch {
    private static final double ALIKE = 2; // K, of a temperature
    private static final double ALIKE_SHARE = 0.01;

    private final Machine machine;
    private final TimeSource time;
    private final Waiting waiting;
    private final Map<String, Double> firstReadings;

    /** Whether a session may be measured. */
    enum Passage {
        OPEN,
        SKIP,
        PAUSE
    }

    /** @param firstReadings what each sensor said before the campaign's first session */
    GateWatch(Machine machine, TimeSource time, Waiting waiting, Map<String, Double> firstReadings) {
        this.machine = machine;
        this.time = time;
        this.waiting = waiting;
        this.firstReadings = firstReadings;
    }

    /**
     * Waits for all of them; ends early where somebody asks the campaign to end.
     *
     * @param cell what is to be measured
     * @param lastEnd when the session before ended
     * @param journal told of each gate
     */
    Passage pass(
            List<Gate> gates, Cell cell, Optional<Instant> lastEnd, Consumer<CampaignLine> journal, Observer observer) {
        for (Gate gate : gates) {
            Passage passage = Passage.OPEN;
            if (gate instanceof Rest rest) {
                rest(rest, lastEnd, journal, observer);
            } else if (gate instanceof Cooldown cooldown) {
                passage = cooldown(cooldown, journal, observer);
            } else if (gate instanceof WarmUp warmUp) {
                observer.say("warms up for " + warmUp.length().toSeconds() + " s");
                machine.warmUp(cell, warmUp);
                if (!waiting.isStopped()) {
                    journal.accept(new Gated("warmup", "", true, warmUp.length().toSeconds()));
                }
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

    /** There is nothing to wait for before the first session, whose reading is what the others are held against. */
    private static double likeFirst(@Nullable Double first) {
        return first == null ? Double.POSITIVE_INFINITY : first + Math.max(ALIKE, ALIKE_SHARE * Math.abs(first));
    }

    private Passage cooldown(Cooldown gate, Consumer<CampaignLine> journal, Observer observer) {
        long begin = time.nanoTime();
        boolean told = false;
        double limit = gate.below().orElseGet(() -> likeFirst(firstReadings.get(gate.sensor())));
        while (true) {
            double value = machine.sensor(gate.sensor());
            Duration past = Duration.ofNanos(time.nanoTime() - begin);
            boolean open = value < limit;
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
                observer.say("waits until " + gate.sensor() + ", now " + value + ", is below " + limit);
                told = true;
            }
            Duration left = gate.atMost().minus(past);
            if (waiting.await(left.compareTo(gate.every()) < 0 ? left : gate.every())) {
                return Passage.OPEN;
            }
        }
    }
}
