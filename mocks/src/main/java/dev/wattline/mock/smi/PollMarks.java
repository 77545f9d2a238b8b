package dev.wattline.mock.smi;

import dev.wattline.mock.MockException;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * When the cards were polled, kept in a file that several programs share, and that polling keeps them awake: for some time
 * after each poll they draw more. A line is a poll, in ms since 1970. For one thread.
 */
final class PollMarks {
    private static final double AWAKE_S = 2;
    private static final double CLOSEST_S = 0.5; // marks so close say nothing that a single one does not

    private final double watts;
    private final Path file;
    private final Instant start;
    private final NavigableSet<Double> polls = new TreeSet<>(); // s since the signal's start
    private long read;

    /** @param watts what a card draws more while it is awake */
    PollMarks(double watts, Path file, Instant start) {
        this.watts = watts;
        this.file = file;
        this.start = start;
        look();
    }

    /** The cards are polled now. */
    void mark(Instant now) {
        double seconds = seconds(now);
        Double latest = polls.floor(seconds);
        if (latest != null && seconds - latest < CLOSEST_S) {
            return;
        }
        polls.add(seconds);
        try {
            Files.writeString(file, now.toEpochMilli() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new MockException("cannot write " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    /** Takes in what other programs have marked. */
    void look() {
        try {
            if (!Files.exists(file) || Files.size(file) == read) {
                return;
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            read = text.length();
            text.lines()
                    .filter(line -> line.matches("\\d{1,15}"))
                    .forEach(line -> polls.add(seconds(Instant.ofEpochMilli(Long.parseLong(line)))));
        } catch (IOException e) {
            throw new MockException("cannot read " + file + ": " + IoErrors.of(e), null, e);
        }
    }

    private double seconds(Instant at) {
        return Duration.between(start, at).toNanos() / 1e9;
    }

    /** The power of a card that draws this one while it sleeps. */
    SignalModel awake(SignalModel asleep) {
        return new Awake(this, asleep);
    }

    private double awakeSeconds(double from, double to) {
        double sum = 0;
        double until = from;
        for (double poll : polls.subSet(from - AWAKE_S, true, to, false)) {
            sum += Math.max(0, Math.min(to, poll + AWAKE_S) - Math.max(until, poll));
            until = Math.max(until, poll + AWAKE_S);
        }
        return sum;
    }

    private record Awake(PollMarks marks, SignalModel asleep) implements SignalModel {
        @Override
        public double wattsAt(double seconds) {
            Double poll = marks.polls.floor(seconds);
            return asleep.wattsAt(seconds) + (poll != null && seconds - poll < AWAKE_S ? marks.watts : 0);
        }

        @Override
        public double meanWatts(double fromSeconds, double toSeconds) {
            double share = toSeconds > fromSeconds
                    ? marks.awakeSeconds(fromSeconds, toSeconds) / (toSeconds - fromSeconds)
                    : 0;
            return asleep.meanWatts(fromSeconds, toSeconds) + marks.watts * share;
        }
    }
}
