package dev.wattline.bench;

import java.util.ArrayList;
import java.util.List;

/** A result: a title, named columns, rows of text; prints as an aligned table that is also valid Markdown. */
final class ResultTable {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    ResultTable(String title, String... headings) {
        this.title = title;
        this.columns = headings.length;
        rows.add(List.of(headings));
    }

    /** Adds a row of as many cells as there are headings. */
    ResultTable row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(List.copyOf(row));
        return this;
    }

    @Override
    public String toString() {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder(title).append("\n\n");
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths);
            if (r == 0) {
                rule(text, widths);
            }
        }
        return text.toString();
    }

    /** The first column is a label and stands left; the others are figures and stand right. */
    private static void line(StringBuilder text, List<String> row, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            text.append("| ").append(i == 0 ? cell + padding : padding + cell).append(' ');
        }
        text.append("|\n");
    }

    private static void rule(StringBuilder text, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            text.append('|').append("-".repeat(widths[i] + 1)).append(i == 0 ? '-' : ':');
        }
        text.append("|\n");
    }
}
