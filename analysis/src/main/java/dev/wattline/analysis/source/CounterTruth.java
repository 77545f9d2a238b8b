package dev.wattline.analysis.source;

import java.util.List;
import java.util.Locale;

/**
 * What an energy counter of a card is worth, held against power that was sampled of the same card.
 *
 * @param source of the counter, such as {@code nvml}
 * @param entity the card
 * @param samples the source of the sampled power
 * @param verdict how it came out
 * @param gain joules that the counter adds for each joule of the samples; NaN where not known
 * @param gainHalf half of its 95 % interval
 * @param offsetW what the counter adds beside that, in W; NaN where not known
 * @param offsetHalfW half of its 95 % interval
 * @param lagS by how much the counter is behind the samples, in s; NaN where not known
 * @param lagHalfS half of its 95 % interval; NaN where the load tells none
 * @param ratio the counter's joules over those of the samples; NaN where not known
 * @param ratioHalf half of its 95 % interval
 * @param seconds how much time both saw
 * @param why in words what the verdict is made of
 */
public record CounterTruth(
        String source,
        String entity,
        String samples,
        Verdict verdict,
        double gain,
        double gainHalf,
        double offsetW,
        double offsetHalfW,
        double lagS,
        double lagHalfS,
        double ratio,
        double ratioHalf,
        double seconds,
        String why) {
    /** How it came out. */
    public enum Verdict {
        /** Gain within 2 % of 1, known to 2 %, and no offset. */
        AGREES,
        /** Another gain, but straight: of use with this gain. */
        SCALED,
        /** The gain agrees, and the counter is late by more than it should be. */
        LAGS,
        /** It stood still while the card drew power. */
        STUCK,
        /** A superchip's counter that is of the whole module. */
        MODULE,
        /** No gain makes it agree. */
        CONTRADICTS,
        /** What was measured does not tell. */
        CANNOT_SAY;

        /** As in texts and files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads {@link #word}; anything else is {@link #CANNOT_SAY}. */
        public static Verdict of(String word) {
            for (Verdict one : values()) {
                if (one.word().equals(word)) {
                    return one;
                }
            }
            return CANNOT_SAY;
        }
    }

    /** A verdict without figures. */
    static CounterTruth without(
            String source, String entity, String samples, Verdict verdict, double seconds, String why) {
        double none = Double.NaN;
        return new CounterTruth(
                source, entity, samples, verdict, none, none, none, none, none, none, none, none, seconds, why);
    }

    /** Whether the counter's joules are not to be used. */
    public boolean isUseless() {
        return verdict == Verdict.STUCK || verdict == Verdict.CONTRADICTS;
    }

    /** The same as a row among the sources that are held against each other. */
    CrossVerdict asCrossCheck() {
        CrossVerdict.Outcome outcome = switch (verdict) {
            case AGREES -> CrossVerdict.Outcome.CONSISTENT;
            case CANNOT_SAY -> CrossVerdict.Outcome.CANNOT_SAY;
            default -> CrossVerdict.Outcome.CONTRADICT;
        };
        return new CrossVerdict(
                source + "'s counter against " + samples + " (" + entity + ", " + verdict.word() + ")",
                List.of("gpu " + source),
                outcome,
                Double.NaN,
                Double.NaN,
                outcome == CrossVerdict.Outcome.CONSISTENT ? "" : why);
    }
}
