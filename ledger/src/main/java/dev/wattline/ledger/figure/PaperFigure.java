package dev.wattline.ledger.figure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of the paper.
 *
 * @param id such as {@code 5a}
 * @param definition how its numbers are computed, in a few sentences
 * @param published what the paper plots; null where the input does not hold it
 * @param strict the same by the definition that the paper states, without the mistakes in its data
 * @param logs the same from the raw logs alone; null without logs
 * @param differences what differs between published and strict, row by row, and why
 */
public record PaperFigure(
        String id,
        String title,
        String definition,
        @Nullable Side published,
        @Nullable Side strict,
        @Nullable Side logs,
        List<Difference> differences) {

    public PaperFigure {
        differences = List.copyOf(differences);
    }

    /**
     * The numbers of one way to compute a figure.
     *
     * @param counts how many rows were used of how many, in a sentence
     * @param notes what is worth knowing, a sentence each
     * @param dropped rows that were passed over, with the reason of each
     */
    public record Side(FigureContent content, String counts, List<String> notes, List<Dropped> dropped) {
        public Side {
            notes = List.copyOf(notes);
            dropped = List.copyOf(dropped);
        }
    }

    /** A row that was passed over. */
    public record Dropped(String row, String reason) {}

    /**
     * What differs between the published figure and the strict one.
     *
     * @param row what is compared
     * @param published its published value; null where the published figure lacks it
     * @param strict its strict value; null where the strict figure lacks it
     * @param why the cause
     */
    public record Difference(
            String row,
            @Nullable Double published,
            @Nullable Double strict,
            String why) {}
}
