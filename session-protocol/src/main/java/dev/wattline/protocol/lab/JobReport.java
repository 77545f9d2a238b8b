package dev.wattline.protocol.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a job ended, as its agent tells it.
 *
 * @param job its id
 * @param attempt the number of the attempt, from 1
 * @param end in which way
 * @param cause why, where it did not end well; else empty
 * @param session the session's name; empty if there is none
 * @param invalid why a complete session does not count; empty if it does, or if there is none
 * @param log the last lines of what the job printed
 */
public record JobReport(
        String job, int attempt, End end, String cause, String session, List<String> invalid, List<String> log) {
    /** The most lines of the log that are told. */
    public static final int LOG_LINES = 200;

    /** The most bytes of JSON that log and reasons take: the whole report must fit into a line, and so must a job's row. */
    private static final int LOG_BYTES = 24_000;

    private static final int INVALID_BYTES = 12_000;
    private static final int MOST_CAUSE = 2000;
    private static final int MOST_INVALID = 20;
    private static final int MOST_ATTEMPTS = 1_000_000;

    /** In which way a job ended. */
    public enum End {
        /** All was done; {@link #invalid} says whether it counts. */
        COMPLETE,
        /** The workload or a setting failed. */
        FAILED,
        /** Somebody stopped it. */
        STOPPED,
        /** The machine or a process of it was killed or restarted meanwhile. */
        INTERRUPTED,
        /** Director, analyzer, network, clock or disk failed. */
        INFRASTRUCTURE,
        /** Nothing was begun, and it can be tried again as if it had never been asked for. */
        NOT_STARTED;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The end with this word. */
        public static Optional<End> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(end -> end.word().equals(word))
                    .findFirst();
        }
    }

    public JobReport {
        cause = oneLine(cause);
        invalid = fitting(invalid);
        log = tail(log);
    }

    /** A report of a job without a session. */
    public static JobReport without(String job, int attempt, End end, String cause) {
        return new JobReport(job, attempt, end, cause, "", List.of(), List.of());
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MOST_CAUSE ? line.substring(0, MOST_CAUSE) : line;
    }

    private static List<String> fitting(List<String> reasons) {
        List<String> kept = new ArrayList<>();
        int bytes = 0;
        for (String reason : reasons) {
            String line = oneLine(reason);
            bytes += jsonBytes(line);
            if (bytes > INVALID_BYTES || kept.size() == MOST_INVALID) {
                break;
            }
            kept.add(line);
        }
        return List.copyOf(kept);
    }

    private static List<String> tail(List<String> lines) {
        List<String> kept = new ArrayList<>();
        int bytes = 0;
        for (int i = lines.size() - 1; i >= 0 && kept.size() < LOG_LINES; i--) {
            String line = oneLine(lines.get(i));
            bytes += jsonBytes(line);
            if (bytes > LOG_BYTES) {
                break;
            }
            kept.add(0, line);
        }
        return List.copyOf(kept);
    }

    /** The most that a text takes in a line of JSON, with its quotes and comma. */
    private static int jsonBytes(String text) {
        int bytes = 3;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c >= 0x80 ? 3 : c == '"' || c == '\\' ? 2 : 1;
        }
        return bytes;
    }

    /** Whether all was done and counts. */
    public boolean isGood() {
        return end == End.COMPLETE && invalid.isEmpty();
    }

    /** The same with what the job printed. */
    public JobReport withLog(List<String> lines) {
        return new JobReport(job, attempt, end, cause, session, invalid, lines);
    }

    /** Reads it out of a message. */
    public static JobReport of(LabMessage message) {
        String word = message.text("status");
        return new JobReport(
                message.name("job"),
                (int) message.whole("attempt", 1, MOST_ATTEMPTS),
                End.ofWord(word)
                        .orElseThrow(() -> new LabMessageException("key 'status': '" + word + "' is no end of a job")),
                message.optionalText("cause").orElse(""),
                message.optionalText("session").orElse(""),
                message.list("invalid"),
                message.list("log"));
    }

    /** Puts it into a message. */
    public LabMessage into(LabMessage message) {
        return message.with("job", job)
                .with("attempt", attempt)
                .with("status", end.word())
                .with("cause", cause)
                .with("session", session)
                .with("invalid", invalid)
                .with("log", log);
    }
}
