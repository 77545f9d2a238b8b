package dev.wattline.ptd;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many lines a reply has. */
enum ReplyShape {
    /** One. */
    LINE,
    /** A header that announces rows, {@code Last <N> samples...}, and the rows; or one line if the command is refused. */
    HEADER_AND_ROWS;

    // The reference takes the second word of whatever comes for the number; the word behind it guards against garbage.
    private static final Pattern HEADER = Pattern.compile("\\S+ (\\d{1,18}) samples?\\b.*");

    /**
     * The number of rows that follow this first line; empty if it is the whole reply. More rows than an int can count are
     * reported as the greatest int.
     */
    OptionalInt rowsBehind(String firstLine) {
        if (this == LINE) {
            return OptionalInt.empty();
        }
        Matcher matcher = HEADER.matcher(firstLine);
        if (!matcher.matches()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, Long.parseLong(matcher.group(1))));
    }
}
