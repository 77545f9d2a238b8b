package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyLines;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PySpace;
import dev.wattline.compliance.python.PyTime;
import dev.wattline.files.LoadgenLog;
import dev.wattline.model.PtdTime;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When LoadGen's power window began and ended, as the official checker finds it in {@code mlperf_log_detail.txt}: the
 * last line that names the one end before both are known. Float seconds since the epoch.
 *
 * @param beginLine the line of the beginning, from 1
 * @param endLine the line of the end, from 1
 */
record LoadWindow(double begin, double end, long beginLine, long endLine) {
    private static final String BEGIN = "power_begin";
    private static final String END = "power_end";

    private static final class Time {
        // Possessive: what follows digits is never one, so that a long line takes no longer than its length.
        static final Pattern FORM =
                Pattern.compile("\\p{Nd}*+-\\p{Nd}*+-\\p{Nd}*+ \\p{Nd}*+:\\p{Nd}*+:\\p{Nd}*+\\.\\p{Nd}*+");
    }

    /** The name of a phase's detailed log, relative to the session. */
    static String file(String folder) {
        return folder + "/" + LoadgenLog.DETAIL;
    }

    static LoadWindow read(OfficialSession session, String folder) throws IOException {
        String file = file(folder);
        double offset = session.loadgenOffset();
        Double begin = null;
        Double end = null;
        long beginLine = 0;
        long endLine = 0;
        try (PyLines lines = session.view().lines(file)) {
            for (String line = lines.next();
                    line != null && !known(begin, end);
                    line = known(begin, end) ? null : lines.next()) {
                if (names(line, BEGIN)) {
                    begin = time(line, file, lines.line()) + offset;
                    beginLine = lines.line();
                } else if (names(line, END)) {
                    end = time(line, file, lines.line()) + offset;
                    endLine = lines.line();
                }
            }
        } catch (PyError e) {
            throw e.in(file, 0);
        }
        if (begin == null || end == null) {
            String which = begin == null ? BEGIN : END;
            throw Ended.fail(
                    "Can not get " + which + " time from "
                            + PyRepr.repr(session.view().shown(file)),
                    Finding.error("loadgen-no-window", file + " has no line with " + which)
                            .in(file));
        }
        return new LoadWindow(begin, end, beginLine, endLine);
    }

    private static boolean known(@Nullable Double begin, @Nullable Double end) {
        return begin != null && end != null && begin != 0 && end != 0; // Python takes 0.0 for no time
    }

    private static boolean names(String line, String key) {
        // Lower case first: few characters other than ASCII become the key's letters, but some do.
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) >= 0x80) {
                return line.toLowerCase(Locale.ROOT).contains(key);
            }
        }
        for (int underscore = line.indexOf('_'); underscore >= 0; underscore = line.indexOf('_', underscore + 1)) {
            if (line.regionMatches(true, underscore - key.indexOf('_'), key, 0, key.length())) {
                return true;
            }
        }
        return false;
    }

    private static double time(String line, String file, long number) {
        String time = firstTime(line);
        if (time == null) {
            throw new PyError("time-missing", "a time was expected in '" + PySpace.strip(line) + "'").in(file, number);
        }
        try {
            return PyTime.seconds(PyTime.parse(time));
        } catch (PyError e) {
            throw e.in(file, number);
        }
    }

    /** The first match of digits-digits-digits digits:digits:digits.digits, any of which may be none. */
    private static @Nullable String firstTime(String line) {
        // LoadGen's own lines have their first dash in the time, and then no match can begin further left.
        int from = line.indexOf('-') - 2;
        if (from > 0 && PtdTime.isAt(line, from) && line.charAt(from - 1) < '0') {
            int to = from + PtdTime.LENGTH;
            if (to == line.length() || line.charAt(to) == '"') {
                return line.substring(from, to);
            }
        }
        Matcher time = Time.FORM.matcher(line);
        for (int dash = line.indexOf('-'); dash >= 0; dash = line.indexOf('-', dash + 1)) {
            time.region(digitsBefore(line, dash), line.length());
            if (time.lookingAt()) {
                return time.group();
            }
        }
        return null;
    }

    /** Where the digits in front of this place begin. */
    private static int digitsBefore(String line, int to) {
        int from = to;
        while (from > 0 && Character.isDigit(line.codePointBefore(from))) {
            from -= Character.charCount(line.codePointBefore(from));
        }
        return from;
    }
}
