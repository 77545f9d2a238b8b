package dev.wattline.ledger.join;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published power or energy, and what the raw logs say of it.
 *
 * @param measure the published value
 * @param rederived the value of its own session in the published unit; null without one
 * @param own the session that the row belongs to; null if none was found
 * @param valueFoundIn of a value that belongs elsewhere: sessions, or location and id of published rows
 */
public record VerifiedRow(
        LedgerRow row,
        Measure measure,
        PublishedVerdict verdict,
        @Nullable Double rederived,
        @Nullable Own own,
        List<String> valueFoundIn) {

    public VerifiedRow {
        valueFoundIn = List.copyOf(valueFoundIn);
    }

    /**
     * The session that a row belongs to.
     *
     * @param path relative to the tree
     * @param how it was found
     * @param low lower end of the interval of the analyzer's uncertainty, in the published unit; NaN if not known
     * @param high its upper end
     * @param samples how many samples count; 0 where it is no session of an analyzer
     * @param sameRecordingAs other sessions of the round that hold the same recording
     * @param why there is no value, or what is worth knowing about it; may be empty
     */
    public record Own(
            String path, How how, double low, double high, long samples, List<String> sameRecordingAs, String why) {

        public Own {
            sameRecordingAs = List.copyOf(sameRecordingAs);
        }
    }

    /** How a row's session was found. */
    public enum How {
        /** By the folder that the row names. */
        LOCATION("location"),
        /** By the names of system, model and scenario. */
        SYSTEM_NAME("system_name"),
        /** By organisation, model, scenario and the value itself: only the system's name is spelt otherwise. */
        VALUE("value");

        private final String word;

        How(String word) {
            this.word = word;
        }

        /** The word in tables and JSON. */
        public String word() {
            return word;
        }
    }

    /** The re-derived value over the published one, minus 1; null where one of them is missing. */
    public @Nullable Double relativeDifference() {
        return rederived == null || Double.isNaN(measure.value()) ? null : rederived / measure.value() - 1;
    }
}
