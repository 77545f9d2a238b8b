package dev.wattline.sut.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How often to read the sensors. {@code power.draw.average} is the mean over a second and updated ten times in it, so
 * that one reading a second sees all of the time. Other fields see a window no longer than their update period T, and
 * only reading every T/3 or faster misses no update and lets T be found in the log. T is 20 ms on Volta and Pascal and
 * about 100 ms on everything since.
 */
final class SamplingInterval {
    static final Duration AVERAGED = Duration.ofSeconds(1);
    static final Duration USUAL = Duration.ofMillis(33);
    static final Duration VOLTA_PASCAL = Duration.ofMillis(6);

    private static final Pattern VOLTA_OR_PASCAL = Pattern.compile(
            "\\b(V100|P100|P40|P4|P6|GV100|GP100|TITAN (V|Xp|X \\(Pascal\\))|GTX 10\\d0|P[1-6]000|P400)\\b");

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
        boolean quick = cardNames.stream()
                .anyMatch(name -> VOLTA_OR_PASCAL.matcher(name).find());
        return quick ? VOLTA_PASCAL : USUAL;
    }
}
