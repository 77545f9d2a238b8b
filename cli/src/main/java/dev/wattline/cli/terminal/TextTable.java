package dev.wattline.cli.terminal;

import java.util.List;
import java.util.function.Consumer;

/** Rows of texts under one another. */
public final class TextTable {
    private TextTable() {}

    /**
     * Prints them.
     *
     * @param texts how many columns from the left are text; the others are set flush right
     */
    public static void print(List<List<String>> rows, int texts, Consumer<String> out) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(one -> one.get(at).length())
                        .max()
                        .orElse(0);
                String pad = " ".repeat(width - row.get(column).length());
                line.append(column == 0 ? "" : "  ")
                        .append(column < texts ? row.get(column) + pad : pad + row.get(column));
            }
            out.accept(line.toString().stripTrailing());
        }
    }
}
