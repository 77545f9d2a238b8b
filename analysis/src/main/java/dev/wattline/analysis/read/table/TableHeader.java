package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.LogHead;
import dev.wattline.analysis.powerlog.NumberWithUnit;
import dev.wattline.analysis.powerlog.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header of a table: where it is, what stands between cells, and what the columns are. A table without one gets it from
 * the user, or from what its first row holds.
 *
 * @param cells the names as written
 * @param delimiter what stands between cells
 * @param line the line of the header, 0 where the file has none
 * @param columns what the columns are
 * @param notes what is to be told of it
 */
record TableHeader(List<String> cells, char delimiter, int line, Columns columns, List<String> notes) {
    private static final char WORDS = ' ';
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int LINES = 40;
    private static final Pattern WATTS = Pattern.compile("\\d{1,7}(?:[.,]\\d+)? ?W");

    /** The header of a file that begins like this; null if none of its lines is one. */
    static @Nullable TableHeader find(LogHead head, List<String> given) {
        if (!given.isEmpty()) {
            char delimiter = delimiter(head.first());
            return Columns.of(given)
                    .map(columns -> new TableHeader(given, delimiter, 0, columns, List.of()))
                    .orElse(null);
        }
        int limit = Math.min(LINES, head.lines().size());
        for (int i = 0; i < limit; i++) {
            String line = head.lines().get(i);
            char delimiter = delimiter(line);
            List<String> cells = split(line, delimiter);
            if (cells.size() == 1 && isOfWords(line)) {
                delimiter = WORDS;
                cells = split(line, delimiter);
            }
            Columns columns = Columns.of(cells).orElse(null);
            if (cells.size() < 2 && !isOfPowerAlone(head, i)) {
                continue;
            }
            if (columns != null && cells.stream().noneMatch(cell -> TimeText.parse(cell) != null)) {
                return new TableHeader(cells, delimiter, i + 1, withTime(columns, head, i, delimiter), List.of());
            }
        }
        return inferred(head);
    }

    /** Whether a line of words is a header: one of them is a time's and another is power's, none has a unit in brackets. */
    private static boolean isOfWords(String line) {
        return !line.contains("[")
                && !line.contains("(")
                && Columns.of(split(line, WORDS))
                        .map(columns -> columns.when().time() >= 0)
                        .orElse(false);
    }

    /** Whether a line of one cell heads a column of watts and not a text with the word in it. */
    private static boolean isOfPowerAlone(LogHead head, int at) {
        return at + 1 < head.lines().size()
                && !Double.isNaN(NumberWithUnit.power(head.lines().get(at + 1), 1));
    }

    /** Where no name is a time's, the column whose first cell is a time. */
    private static Columns withTime(Columns columns, LogHead head, int headerAt, char delimiter) {
        if (columns.when().time() >= 0 || headerAt + 1 >= head.lines().size()) {
            return columns;
        }
        List<String> first = split(head.lines().get(headerAt + 1), delimiter);
        for (int i = 0; i < Math.min(first.size(), columns.size()); i++) {
            if (TimeText.parse(first.get(i)) != null) {
                return columns.withTime(i);
            }
        }
        return columns;
    }

    /** Of a table without a header: its columns by what the first row holds. */
    private static @Nullable TableHeader inferred(LogHead head) {
        String row = head.first();
        char delimiter = delimiter(row);
        List<String> cells = split(row, delimiter);
        long powers =
                cells.stream().filter(cell -> WATTS.matcher(cell).matches()).count();
        if (cells.size() < 2 || powers != 1 || cells.stream().noneMatch(cell -> TimeText.parse(cell) != null)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (String cell : cells) {
            String name = role(cell);
            names.add(names.contains(name) ? "" : name);
        }
        return Columns.of(names)
                .map(columns -> new TableHeader(
                        names,
                        delimiter,
                        0,
                        columns,
                        List.of("The table has no header; by their cells its columns are taken for "
                                + String.join(
                                        ", ",
                                        names.stream()
                                                .filter(name -> !name.isEmpty())
                                                .toList())
                                + ". Others are named with --columns.")))
                .orElse(null);
    }

    private static String role(String cell) {
        if (TimeText.parse(cell) != null) {
            return "timestamp";
        }
        if (WATTS.matcher(cell).matches()) {
            return "power.draw";
        }
        if (cell.matches("GPU-[0-9a-fA-F-]{8,40}")) {
            return "uuid";
        }
        if (cell.matches("[0-9A-Fa-f]{4,8}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-9A-Fa-f]")) {
            return "pci.bus_id";
        }
        if (cell.matches("\\d{1,2}")) {
            return "index";
        }
        if (cell.matches("\\d{1,3} %")) {
            return "utilization.gpu";
        }
        return cell.matches("(?i)(NVIDIA|Tesla|Quadro|GeForce|AMD|TITAN|GRID)\\b.*|[AHLBV]\\d{1,3}\\b.*") ? "name" : "";
    }

    private static char delimiter(String line) {
        char best = ',';
        int most = 0;
        for (char candidate : DELIMITERS) {
            int count = (int) line.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    /** Cells without blanks and quotes around them; a delimiter between quotes parts nothing. */
    private static List<String> split(String line, char delimiter) {
        if (delimiter == WORDS) {
            return List.of(line.strip().split("\\s+"));
        }
        List<String> cells = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? delimiter : line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if ((c == delimiter && !quoted) || i == line.length()) {
                cells.add(unquoted(line.substring(from, i).strip()));
                from = i + 1;
            }
        }
        return cells;
    }

    private static String unquoted(String cell) {
        boolean quoted = cell.length() > 1 && cell.startsWith("\"") && cell.endsWith("\"");
        return quoted ? cell.substring(1, cell.length() - 1).strip() : cell;
    }

    List<String> split(String row) {
        return split(row, delimiter);
    }

    /** Whether a line is this header, once more. */
    boolean isHeader(String row) {
        return row.length() < 4096
                && row.startsWith(cells.get(0).isEmpty() ? "\u0000" : firstWord())
                && split(row).equals(cells);
    }

    private String firstWord() {
        return cells.get(0);
    }

    /** The names in lower case. */
    List<String> names() {
        return cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
    }

    /** The names, as many as fit into a message. */
    String shown() {
        String all = String.join(", ", cells).replaceAll("\\p{Cntrl}", "?");
        return all.length() <= 160 ? all : all.substring(0, 160) + "...";
    }

    String shown(int column) {
        return cells.get(column).replaceAll("\\p{Cntrl}", "?");
    }

    /** The form by its own words: nvidia-smi's fields have names of their own. */
    String form(String otherwise) {
        return names().stream().anyMatch(name -> name.startsWith("power.draw")) ? "nvidia-smi CSV" : otherwise;
    }
}
