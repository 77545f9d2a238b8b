package dev.wattline.ledger.sheet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The mean power of a phase.
 *
 * @param watts in W
 * @param low lower end of the 95 % interval of the analyzer's uncertainty, W; null without one
 * @param high its upper end
 * @param seconds how long the phase was; null where that does not apply
 * @param confidence how far it can be trusted
 * @param source where it is from
 */
public record PhasePower(
        double watts,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double seconds,
        Confidence confidence,
        String source) {

    /** How far a value can be trusted. */
    public enum Confidence {
        /** At least ten samples of an analyzer, in a session that passes the official checks. */
        HIGH,
        /** Measured with fewer samples or in a session that does not pass, or by others. */
        MEDIUM,
        /** Assumed: a ratio that was not measured here. It enters no statistic. */
        LOW;

        /** The word in sheets. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
