package dev.wattline.sut.telemetry.nvidia;

import dev.wattline.model.SensorTable;
import java.time.Duration;
import java.util.List;

/**
 * How often to read the sensors. {@code power.draw.average} is the mean over a second and updated ten times in it, so
 * that one reading a second sees all of the time. Other fields see a window no longer than their update period T, and
 * only reading every T/3 or faster misses no update and lets T be found in the log. T of each card is in the table of
 * sensors; of a card that is not in it, it is taken to be 100 ms.
 */
final class SamplingInterval {
    static final Duration AVERAGED = Duration.ofSeconds(1);
    static final Duration USUAL = Duration.ofMillis(33);

    private static final int POLLS_PER_UPDATE = 3;

    private static final String INSTANT = "power.draw.instant";

    private SamplingInterval() {}

    /**
     * The interval for these cards.
     *
     * @param averaged whether every card answers {@code power.draw.average} with a number
     */
    static Duration of(List<String> cardNames, boolean averaged) {
        if (averaged) {
            return AVERAGED;
        }
        return cardNames.stream()
                .map(SamplingInterval::of)
                .min(Duration::compareTo)
                .orElse(USUAL);
    }

    private static Duration of(String card) {
        return SensorTable.find(card, INSTANT, "")
                .map(entry -> Duration.ofMillis((long) (entry.periodMs() / POLLS_PER_UPDATE)))
                .orElse(USUAL);
    }
}
