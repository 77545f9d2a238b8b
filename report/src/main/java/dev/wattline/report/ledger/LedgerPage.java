package dev.wattline.report.ledger;

import dev.wattline.report.page.Document;
import dev.wattline.report.page.Section;
import java.util.List;

/**
 * A page of the ledger.
 *
 * @param statement the sentence at the top
 * @param because what is behind it
 * @param tiles the main counts
 * @param notices what a reader must know first
 */
public record LedgerPage(
        Document document,
        String statement,
        String because,
        List<Count> tiles,
        List<String> notices,
        List<Part> parts) {

    public LedgerPage {
        tiles = List.copyOf(tiles);
        notices = List.copyOf(notices);
        parts = List.copyOf(parts);
    }

    /**
     * A count.
     *
     * @param tone {@code good}, {@code warn}, {@code bad} or empty
     */
    public record Count(String label, String value, String note, String tone) {}

    /** A section with files that hold the same numbers. */
    public record Part(Section section, List<String> files) {
        public Part {
            files = List.copyOf(files);
        }
    }
}
