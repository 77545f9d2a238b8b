package dev.wattline.ptd;

import java.time.Duration;

/**
 * How long to wait for PTDaemon. A deadline runs from the moment the command is sent, not from when it was asked for. The
 * first command behind {@code Stop} gets the measurement's sampling interval on top, because PTDaemon answers it only
 * when the current sample is complete.
 *
 * @param connect to a port that may not listen yet: PTDaemon needs 0.5 to 20 s to start; refused attempts are repeated
 * @param hello for {@code Hello}; it stays unanswered as long as PTDaemon serves another client
 * @param query for what PTDaemon answers from memory: identity, ranges, statistics, start, stop, the header of samples
 * @param rangeChange for {@code SR}, which takes the analyzer up to 7 s
 * @param rows for all rows of samples, from their header on
 */
public record PtdDeadlines(Duration connect, Duration hello, Duration query, Duration rangeChange, Duration rows) {
    /** Connect 60 s, hello 10 s, query 5 s, range change 15 s, rows 30 s. */
    public static final PtdDeadlines DEFAULT = new PtdDeadlines(
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    public PtdDeadlines {
        requirePositive("connect", connect);
        requirePositive("hello", hello);
        requirePositive("query", query);
        requirePositive("rangeChange", rangeChange);
        requirePositive("rows", rows);
    }

    /** The same deadline for everything. */
    public static PtdDeadlines all(Duration deadline) {
        return new PtdDeadlines(deadline, deadline, deadline, deadline, deadline);
    }

    static void requirePositive(String name, Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + name + ": expected more than 0, got " + deadline);
        }
    }
}
