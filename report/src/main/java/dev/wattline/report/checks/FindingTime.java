package dev.wattline.report.checks;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.files.BoundedLines;
import dev.wattline.model.PtdTime;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something happened that a finding is about: the time in the line of the file that it points at, which PTDaemon and
 * LoadGen write as a date, and summaries as float seconds since the epoch.
 */
final class FindingTime {
    private static final int MAX_LINE = 1 << 14;
    private static final int LINES = 3; // a mark of a summary has its time in the line below its bracket
    private static final Pattern EPOCH = Pattern.compile("(?<![\\d.])(\\d{10})\\.(\\d{1,9})(?![\\d.])");

    private FindingTime() {}

    /**
     * Milliseconds since the epoch; empty if the finding points at no line, or that tells no time.
     *
     * @throws IOException if the file cannot be read
     */
    static OptionalLong of(SessionView view, Finding finding) throws IOException {
        String file = finding.file();
        if (file == null || finding.line() == 0) {
            return OptionalLong.empty();
        }
        try (BoundedLines lines = new BoundedLines(view.open(file), MAX_LINE)) {
            long number = 0;
            for (String line = lines.next(); line != null && number < finding.line() + LINES; line = lines.next()) {
                OptionalLong time = ++number < finding.line() ? OptionalLong.empty() : in(line);
                if (time.isPresent()) {
                    return time;
                }
                if (number >= finding.line() && !file.endsWith(".json")) {
                    break; // the next line of a log is another event
                }
            }
        } catch (PyError e) {
            return OptionalLong.empty(); // a file that cannot be opened is a finding already
        }
        return OptionalLong.empty();
    }

    private static OptionalLong in(String line) {
        for (int dash = line.indexOf('-'); dash >= 0; dash = line.indexOf('-', dash + 1)) {
            if (dash >= 2 && PtdTime.isAt(line, dash - 2)) {
                try {
                    return OptionalLong.of(PtdTime.epochMillis(line, dash - 2));
                } catch (IllegalArgumentException e) {
                    return OptionalLong.empty(); // a date that is none
                }
            }
        }
        Matcher epoch = EPOCH.matcher(line);
        return epoch.find()
                ? OptionalLong.of(Math.round(Double.parseDouble(epoch.group()) * 1e3))
                : OptionalLong.empty();
    }
}
