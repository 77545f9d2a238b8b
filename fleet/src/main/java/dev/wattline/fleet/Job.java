package dev.wattline.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A job's time on a node; a job on several nodes has one of these for each.
 *
 * @param name the job
 * @param node the node, all of whose cards are the job's
 * @param fromMs begin in ms since the epoch
 * @param toMs end in ms since the epoch
 */
record Job(String name, String node, long fromMs, long toMs) implements Serializable {
    private static final List<String> COLUMNS = List.of("job", "node", "start", "end");

    /**
     * Reads a table.
     *
     * @param source its name in messages
     * @throws FleetException if a column is missing or a time cannot be read; the message names the line
     */
    static List<Job> read(String source, BufferedReader table) throws IOException {
        String first = table.readLine();
        List<String> header = first == null ? List.of() : cells(first);
        if (!header.containsAll(COLUMNS)) {
            throw new FleetException(
                    source + ":1: expected the columns " + String.join(", ", COLUMNS) + ", got: " + first,
                    "Write a header line with these names.",
                    null);
        }
        List<Job> jobs = new ArrayList<>();
        int number = 1;
        for (String line = table.readLine(); line != null; line = table.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            List<String> cells = cells(line);
            try {
                Job job = new Job(
                        cells.get(header.indexOf("job")),
                        cells.get(header.indexOf("node")),
                        Instant.parse(cells.get(header.indexOf("start"))).toEpochMilli(),
                        Instant.parse(cells.get(header.indexOf("end"))).toEpochMilli());
                if (job.toMs <= job.fromMs) {
                    throw new FleetException(
                            source + ":" + number + ": the job ends before it begins", "Look at start and end.", null);
                }
                jobs.add(job);
            } catch (DateTimeParseException | IndexOutOfBoundsException e) {
                throw new FleetException(
                        source + ":" + number + ": expected job, node and two times, got: " + line,
                        "Write times such as 2026-01-31T12:00:00Z.",
                        e);
            }
        }
        return jobs;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
