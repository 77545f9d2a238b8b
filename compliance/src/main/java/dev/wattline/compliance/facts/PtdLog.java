package dev.wattline.compliance.facts;

import dev.wattline.compliance.sample.PtdComplaint;
import dev.wattline.compliance.sample.SetRanges;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.files.BoundedLines;
import dev.wattline.files.SessionFile;
import dev.wattline.model.Phase;
import dev.wattline.model.PtdTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What PTDaemon's log says, read once. Times are microseconds on the log's own clock. Of several analyzers' logs in one
 * file it is the first analyzer's.
 */
public final class PtdLog {
    /** The log's name, relative to the session. */
    public static final String FILE = SessionFile.PTD_LOGS.place();

    private static final int MAX_LINE = 1 << 14;
    private static final int MAX_REPLIES = 2000; // a session has two dozen
    private static final String REPLY = "Response to client sent: ";
    private static final String GO = "Go with mark '";
    private static final int MESSAGE = PtdTime.LENGTH + 2; // a stamp, a colon, a blank

    /** PTDaemon's own statistics of a measurement: {@code Avg watts 22.27, min watts 9.46, ..., samples 629, ...}. */
    public record Average(double mean, double min, double max, long samples, long errors, long line) {}

    /** A line that complains: what it says, and when. */
    public record Complaint(PtdComplaint said, long micros, long line) {}

    /** What happened in one measurement. */
    public static final class Measurement {
        private long startMicros = Long.MIN_VALUE;
        private boolean completed;
        private @Nullable Average average;
        private double volts = Double.NaN;
        private double amps = Double.NaN;

        /** When {@code Go} was answered. */
        public long startMicros() {
            return startMicros;
        }

        /** Whether the log shows its end. */
        public boolean completed() {
            return completed;
        }

        /** PTDaemon's statistics, if the log has them. */
        public Optional<Average> average() {
            return Optional.ofNullable(average);
        }

        /** The voltage range it ran with, if it was fixed; NaN otherwise. */
        public double volts() {
            return volts;
        }

        /** The current range it ran with, if it was fixed; NaN otherwise. */
        public double amps() {
            return amps;
        }
    }

    private final Map<Phase, Measurement> measurements = new EnumMap<>(Phase.class);
    private final List<String> replies = new ArrayList<>();
    private final ComplaintTally complaints = new ComplaintTally();
    private Optional<String> version = Optional.empty();
    private boolean mock;
    private boolean secondAnalyzer;
    private boolean restoredAfterTesting;
    private final SetRanges ranges = new SetRanges();
    private @Nullable Phase running;
    private @Nullable Phase last;
    private String lastLine = "";
    private long lines;

    private PtdLog() {}

    /** @param session the session's name, which its marks begin with; empty if it is not known */
    static PtdLog read(SessionView view, String session) throws IOException {
        PtdLog log = new PtdLog();
        try (BoundedLines bounded = new BoundedLines(view.open(FILE), MAX_LINE)) {
            for (String line = bounded.next(); line != null; line = bounded.next()) {
                log.line(line, session);
            }
        }
        return log;
    }

    private void line(String line, String session) {
        lines++;
        if (!line.isEmpty()) {
            lastLine = line;
        }
        if (line.startsWith("Analyzer ") && !line.equals("Analyzer 1")) {
            secondAnalyzer = true;
        }
        if (secondAnalyzer) {
            return;
        }
        if (!PtdTime.isAt(line, 0)) {
            unstamped(line);
            return;
        }
        String message = line.length() > MESSAGE ? line.substring(MESSAGE) : "";
        Optional<PtdComplaint> complaint = PtdComplaint.of(message);
        if (complaint.isPresent()) {
            complaint(complaint.get(), line);
        } else if (message.startsWith(REPLY)) {
            reply(message.substring(REPLY.length()));
        } else if (message.startsWith(GO)) {
            go(message, line, session);
        } else if (!ranges.message(message)) {
            progress(message);
        }
    }

    private void complaint(PtdComplaint said, String line) {
        if (running == Phase.TESTING) { // ranging has thousands, which are normal
            complaints.add(new Complaint(said, micros(line), lines));
        }
    }

    private void unstamped(String line) {
        if (version.isEmpty() && line.strip().startsWith("Version ")) {
            version = Optional.of(line.strip().substring("Version ".length()));
        }
        mock |= lines < 100 && line.toLowerCase(java.util.Locale.ROOT).contains("mock");
    }

    private void reply(String text) {
        if (replies.size() < MAX_REPLIES && !text.startsWith("Time,") && !text.startsWith(",Watts,")) {
            replies.add(text);
        }
        if (last == Phase.TESTING && running == null && text.equals("Range A changed")) {
            restoredAfterTesting = true;
        }
    }

    private void go(String message, String line, String session) {
        for (Phase phase : Phase.values()) {
            String mark = "_" + phase.word() + "'";
            if (session.isEmpty() ? message.endsWith(mark) : message.startsWith(session + mark, GO.length())) {
                Measurement measurement = new Measurement();
                measurement.startMicros = micros(line);
                measurement.volts = ranges.volts();
                measurement.amps = ranges.amps();
                measurements.put(phase, measurement);
                running = phase;
                last = phase;
            }
        }
    }

    private void progress(String message) {
        Measurement measurement = last == null ? null : measurements.get(last);
        if (measurement == null) {
            return;
        }
        if (message.equals("Completed test") && running != null) {
            measurement.completed = true;
            running = null;
        } else if (message.startsWith("Avg watts ")) {
            measurement.average = average(message);
        }
    }

    private @Nullable Average average(String message) {
        String[] parts = message.split(", ", -1);
        if (parts.length < 5) {
            return null;
        }
        OptionalDouble mean = number(parts[0]);
        OptionalDouble min = number(parts[1]);
        OptionalDouble max = number(parts[2]);
        OptionalDouble samples = number(parts[3]);
        OptionalDouble errors = number(parts[4]);
        if (mean.isEmpty() || min.isEmpty() || max.isEmpty() || samples.isEmpty() || errors.isEmpty()) {
            return null;
        }
        return new Average(
                mean.getAsDouble(),
                min.getAsDouble(),
                max.getAsDouble(),
                (long) samples.getAsDouble(),
                (long) errors.getAsDouble(),
                lines);
    }

    /** The number at the end of a text. */
    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1)));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // a line that was cut
        }
    }

    private static long micros(String line) {
        try {
            return PtdTime.epochMillis(line, 0) * 1000;
        } catch (IllegalArgumentException e) {
            return Long.MIN_VALUE; // a date that is none lies in no window
        }
    }

    /** The measurement of a phase, if the log has its beginning. */
    public Optional<Measurement> measurement(Phase phase) {
        return Optional.ofNullable(measurements.get(phase));
    }

    /** What PTDaemon answered, in its order, rows of samples left out; no more than a couple of thousand. */
    public List<String> replies() {
        return List.copyOf(replies);
    }

    /** What it complained of. */
    public ComplaintTally complaints() {
        return complaints;
    }

    /** The version in the banner, such as {@code 1.9.2-e8c7a49a-20201208}. */
    public Optional<String> version() {
        return version;
    }

    /** Whether the banner calls itself a mock. */
    public boolean mock() {
        return mock;
    }

    /** Whether the file holds the logs of several analyzers. */
    public boolean severalAnalyzers() {
        return secondAnalyzer;
    }

    /** Whether a range was set after the testing measurement. */
    public boolean restoredAfterTesting() {
        return restoredAfterTesting;
    }

    /** The last line that is not empty, cut where it is very long. */
    public String lastLine() {
        return lastLine;
    }

    /** Number of lines. */
    public long lines() {
        return lines;
    }
}
