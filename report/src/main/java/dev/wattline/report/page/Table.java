package dev.wattline.report.page;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers as a table.
 *
 * @param caption what they are
 * @param columns the heads
 * @param rows a text for each column
 * @param open whether it is seen without a click
 */
public record Table(String caption, List<Column> columns, List<List<String>> rows, boolean open) {

    /**
     * A column.
     *
     * @param name its head
     * @param number whether it holds numbers, which are set flush right
     */
    public record Column(String name, boolean number) {}

    /** Columns by their heads; a {@code #} before a head makes it a column of numbers. */
    public static List<Column> columns(String... heads) {
        return Arrays.stream(heads)
                .map(head -> head.startsWith("#") ? new Column(head.substring(1), true) : new Column(head, false))
                .toList();
    }
}
