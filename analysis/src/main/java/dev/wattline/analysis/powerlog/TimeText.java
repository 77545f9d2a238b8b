package dev.wattline.analysis.powerlog;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as people's logs have them: {@code 2025/09/24 03:48:33.493}, ISO with or without zone, with a comma before the
 * fraction, {@code 20240411 12:28:01}, {@code 10-01-2025 20:05:55} (month first) and {@code 24.09.2025 03:48:33},
 * {@code Wed Feb  4 22:19:26 2026}, and seconds, ms, us or ns since 1970, told apart by their number of digits.
 */
public final class TimeText {
    private static final String CLOCK = "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,12}))?)?";
    private static final String HALF = "(?: ?([AaPp][Mm]))?";
    private static final String ZONE = "(?: ?(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?";
    private static final String WEEKDAY = "(?:[A-Z][a-z]{2},? +)?";
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?:[ T_]+)" + CLOCK + HALF + ZONE);
    private static final Pattern COMPACT =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})[ T_-]+(\\d{2}):?(\\d{2}):?(\\d{2})(?:[.,](\\d{1,12}))?()" + ZONE);
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})(?:,? +|T)" + CLOCK + HALF + ZONE);
    private static final Pattern MONTH_NAME =
            Pattern.compile(WEEKDAY + "([A-Z][a-z]{2}) +(\\d{1,2}) +" + CLOCK + HALF + "(?: +([A-Z]{1,5}))? +(\\d{4})");
    private static final Pattern DAY_NAME = Pattern.compile(WEEKDAY + "(\\d{1,2})[ -]([A-Z][a-z]{2})[ -](\\d{4}),? +"
            + CLOCK + HALF + "(?: +([A-Z]{1,5}|[+-]\\d{4}))?");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,20})(?:[.,](\\d{1,12}))?");

    private static final long EARLIEST_MS = 946_684_800_000L; // 2000
    private static final long LATEST_MS = 4_102_444_800_000L; // 2100

    private TimeText() {}

    /**
     * A time.
     *
     * @param ms ms since the epoch; of local time as if it were UTC
     * @param zoned whether it is UTC, since the text has a zone or counts from 1970
     */
    public record Time(long ms, boolean zoned) {}

    /** The time that a text is; null if it is none. */
    public static @Nullable Time parse(String text) {
        String bare = unquoted(text.strip());
        if (bare.isEmpty() || bare.length() > 64) {
            return null;
        }
        try {
            return Character.isDigit(bare.charAt(0)) || bare.charAt(0) == '+' ? digits(bare) : words(bare);
        } catch (DateTimeException e) {
            return null; // digits where they belong, but no date
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && ((text.startsWith("\"") && text.endsWith("\"")) || (text.startsWith("[") && text.endsWith("]")));
        return quoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    private static @Nullable Time digits(String text) {
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return epoch(number.group(1), number.group(2));
        }
        Matcher first = YEAR_FIRST.matcher(text);
        if (first.matches()) {
            return time(number(first, 1), number(first, 2), number(first, 3), first, 4);
        }
        Matcher last = YEAR_LAST.matcher(text);
        if (last.matches()) {
            int one = number(last, 1);
            int other = number(last, 3);
            // With points the day comes first; else the month, as tegrastats and PTDaemon write it, unless it is none.
            boolean dayFirst = last.group(2).equals(".") || one > 12;
            return time(number(last, 4), dayFirst ? other : one, dayFirst ? one : other, last, 5);
        }
        Matcher compact = COMPACT.matcher(text);
        if (compact.matches()) {
            return time(number(compact, 1), number(compact, 2), number(compact, 3), compact, 4);
        }
        return words(text);
    }

    private static @Nullable Time words(String text) {
        Matcher month = MONTH_NAME.matcher(text);
        if (month.matches() && month(month.group(1)) > 0) {
            return time(number(month, 9), month(month.group(1)), number(month, 2), month, 3);
        }
        Matcher day = DAY_NAME.matcher(text);
        if (day.matches() && month(day.group(2)) > 0) {
            return time(number(day, 3), month(day.group(2)), number(day, 1), day, 4);
        }
        return null;
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.toLowerCase(Locale.ROOT)) + 1;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The groups from {@code at} on are hour, minute, second, fraction, half of the day, zone. */
    private static Time time(int year, int month, int day, Matcher matcher, int at) {
        int hour = number(matcher, at);
        String half = matcher.group(at + 4);
        if (half != null && !half.isEmpty()) {
            hour = hour % 12 + (Character.toLowerCase(half.charAt(0)) == 'p' ? 12 : 0);
        }
        int second = matcher.group(at + 2) == null ? 0 : number(matcher, at + 2);
        long ms = LocalDateTime.of(year, month, day, hour, number(matcher, at + 1), Math.min(second, 59))
                                .toEpochSecond(ZoneOffset.UTC)
                        * 1_000L
                + (second > 59 ? 1_000 : 0) // a leap second
                + fraction(matcher.group(at + 3));
        String zone = matcher.group(at + 5);
        if (zone == null) {
            return new Time(ms, false);
        }
        if (zone.equals("Z") || zone.equals("UTC") || zone.equals("GMT")) {
            return new Time(ms, true);
        }
        boolean offset = zone.charAt(0) == '+' || zone.charAt(0) == '-';
        // CST is three zones: only one that can be told counts.
        return offset ? new Time(ms - ZoneOffset.of(zone).getTotalSeconds() * 1_000L, true) : new Time(ms, false);
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Math.round(Double.parseDouble("0." + digits) * 1e3);
    }

    private static @Nullable Time epoch(String whole, @Nullable String decimals) {
        int digits = whole.length();
        if (digits < 9 || digits > 19) {
            return null;
        }
        long value = Long.parseLong(whole);
        double scale = digits <= 11 ? 1e3 : digits <= 14 ? 1 : digits <= 17 ? 1e-3 : 1e-6;
        double fraction = decimals == null ? 0 : Double.parseDouble("0." + decimals) * scale;
        long ms = scale >= 1 ? value * (long) scale : Math.round(value * scale);
        ms += Math.round(fraction);
        return ms < EARLIEST_MS || ms > LATEST_MS ? null : new Time(ms, true);
    }

    /** A time at the begin of a line, such as {@code ts} puts there, and what follows it. */
    public record Leading(Time time, String rest) {}

    /** The time that a line begins with, of up to six words; null if it begins with none. */
    public static @Nullable Leading leading(String line) {
        String text = line.stripLeading();
        Leading found = null;
        int end = 0;
        for (int words = 1; words <= 6 && end < text.length(); words++) {
            int next = end;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            while (next < text.length() && !Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            end = next;
            Time time = parse(strippedOfPunctuation(text.substring(0, end)));
            if (time != null) {
                found = new Leading(time, text.substring(end).stripLeading());
            } else if (found != null) {
                break; // the longest text that is a time counts, such as a date with its clock and zone
            }
        }
        return found;
    }

    private static String strippedOfPunctuation(String text) {
        String stripped = text.strip();
        boolean marked = stripped.endsWith(",") || stripped.endsWith(":") || stripped.endsWith(";");
        return marked ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
