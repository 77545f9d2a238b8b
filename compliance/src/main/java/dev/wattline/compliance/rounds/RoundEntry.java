package dev.wattline.compliance.rounds;

import dev.wattline.compliance.python.PyValues;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * A row of {@code rounds/rounds.txt}: what tells the round of a session. A cold start reads this much of every round, and
 * all rules of one.
 *
 * @param name such as {@code v5.1}, or {@code latest}
 * @param until the last day on which measurements for it were submitted, {@code YYYY-MM-DD}, or {@code -} if it is not over
 * @param estimated whether that day is only an estimate
 * @param ptdVersions PTDaemon versions that are accepted
 * @param serverMessagesAhead how many messages more than the client the server records
 * @param sources the sets of source hashes that are accepted
 */
record RoundEntry(
        String name,
        String until,
        boolean estimated,
        List<String> ptdVersions,
        int serverMessagesAhead,
        SourceSets sources) {
    static RoundEntry of(String row) {
        StringTokenizer columns = new StringTokenizer(row); // String.split would load regular expressions
        String name = columns.nextToken();
        String until = columns.nextToken();
        boolean estimated = until.startsWith("~");
        return new RoundEntry(
                name,
                estimated ? until.substring(1) : until,
                estimated,
                List.of(columns.nextToken().split(",", -1)),
                Integer.parseInt(columns.nextToken()),
                SourceSets.of(columns.nextToken()));
    }

    /** Whether a measurement of this day, {@code YYYY-MM-DD}, can have been submitted in the round. */
    boolean covers(String day) {
        return until.equals("-") || day.compareTo(until) <= 0;
    }

    /** Whether the round's checker knows these source hashes. */
    boolean knows(Object hashes) {
        for (Map<String, Object> accepted : sources.all()) {
            if (PyValues.equal(accepted, hashes)) {
                return true;
            }
        }
        return false;
    }
}
