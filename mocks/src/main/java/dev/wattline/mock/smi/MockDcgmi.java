package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.smi.CounterSpec.Scope;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for DCGM's dcgmi: one call of it. It sees the cards that {@link MockSmi} sees with the same options, and their
 * energy counters.
 */
public final class MockDcgmi implements CardTool {
    private static final int GROUPS_PER_HEADER = 25;
    private static final String COLUMN = "%-22s";
    private static final int INFORMATION = 69; // columns of the list of cards
    private static final Duration LONGEST = Duration.ofDays(31); // for a counter is added up from the signal's start

    private final DcgmiArguments arguments;
    private final MockSmiOptions options;
    private final Instant start;
    private final List<MockCard> cards;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable Instant firstGroup;
    private volatile @Nullable Instant lastGroup;
    private long groups;

    /**
     * @throws InvalidOptionException if the counter is asked for and cannot be the same in each call: the signal is no
     *     function of time, or has no beginning of its own; or if the options are none of these cards'
     */
    public MockDcgmi(DcgmiArguments arguments, MockSmiOptions options) {
        this.arguments = arguments;
        this.options = options;
        this.start = options.start();
        this.cards = MockCard.all(options);
        if (arguments.fields().contains(DcgmiArguments.ENERGY)) {
            requireCounters();
        }
    }

    private void requireCounters() {
        if (!MockSmi.isFunctionOfTime(options.wall())) {
            throw new InvalidOptionException(
                    "the signal is this machine's load, of which no energy is known",
                    "Give one that is a function of time, such as --signal square,low=150,high=500,period=20.");
        }
        if (!options.hasStart()) {
            throw new InvalidOptionException(
                    "the counter needs a beginning that all calls share",
                    "Give --signal-start EPOCH_MS, to nvidia-smi's stand-in too.");
        }
        if (Duration.between(start, options.time().now()).compareTo(LONGEST) > 0) {
            throw new InvalidOptionException(
                    "the signal began at " + start + ", more than " + LONGEST.toDays() + " days ago",
                    "Give a later --signal-start.");
        }
    }

    /** Returns 0, or 255 where no card is asked for. */
    @Override
    public int run(PrintStream stdout) {
        try {
            if (arguments.lists()) {
                list(stdout);
                return 0;
            }
            List<MockCard> asked = cards.stream()
                    .filter(card ->
                            arguments.cards().isEmpty() || arguments.cards().contains(Integer.toString(card.index())))
                    .toList();
            if (asked.isEmpty()) {
                stdout.println("Error: no GPU of these ids: " + String.join(",", arguments.cards()));
                return 255;
            }
            loop(asked, stdout);
            return 0;
        } finally {
            ended.countDown();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        try {
            ended.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list(PrintStream out) {
        String rule = "+--------+" + "-".repeat(INFORMATION + 1) + "+";
        out.println(cards.size() + (cards.size() == 1 ? " GPU found." : " GPUs found."));
        out.println(rule);
        information(out, "GPU ID", "Device Information");
        out.println(rule);
        for (MockCard card : cards) {
            information(
                    out, Integer.toString(card.index()), "Name: " + card.model().cardName());
            information(out, "", String.format(Locale.ROOT, "PCI Bus ID: 00000000:%02X:00.0", card.index() + 1));
            information(out, "", "Device UUID: " + card.uuid());
            out.println(rule);
        }
    }

    private static void information(PrintStream out, String id, String what) {
        out.printf(Locale.ROOT, "| %-6s | %-" + INFORMATION + "s|%n", id, what);
    }

    private void loop(List<MockCard> asked, PrintStream out) {
        long next = options.time().nanoTime();
        boolean more = true;
        while (more) {
            if (groups % GROUPS_PER_HEADER == 0) {
                header(out);
            }
            group(asked, out);
            out.flush();
            more = arguments.count() == 0 || groups < arguments.count();
            if (more) {
                next += arguments.delay().toNanos();
                more = !isStopped(next - options.time().nanoTime());
            }
        }
    }

    private boolean isStopped(long afterNanos) {
        try {
            return stopped.await(afterNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void header(PrintStream out) {
        StringBuilder names = new StringBuilder("#Entity   ");
        StringBuilder units = new StringBuilder("ID        ");
        for (int field : arguments.fields()) {
            names.append(String.format(
                    Locale.ROOT,
                    COLUMN,
                    field == DcgmiArguments.ENERGY
                            ? "TOTEC"
                            : field == DcgmiArguments.AVERAGE_WATTS ? "POWER" : "PWRIN"));
            units.append(String.format(Locale.ROOT, COLUMN, field == DcgmiArguments.ENERGY ? "mJ" : "W"));
        }
        out.println(names);
        out.println(units);
    }

    private void group(List<MockCard> asked, PrintStream out) {
        options.polls().ifPresent(PollMarks::look);
        Instant now = options.time().now();
        firstGroup = firstGroup == null ? now : firstGroup;
        lastGroup = now;
        double seconds = seconds(now);
        for (MockCard card : asked) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "GPU %-6d", card.index()));
            for (int field : arguments.fields()) {
                row.append(String.format(Locale.ROOT, COLUMN, value(card, field, seconds)));
            }
            out.println(row);
        }
        groups++;
    }

    private static String value(MockCard card, int field, double seconds) {
        if (field == DcgmiArguments.ENERGY) {
            return card.counter().millijoules(seconds).stream()
                    .mapToObj(Long::toString)
                    .findFirst()
                    .orElse("N/A");
        }
        boolean averages = field == DcgmiArguments.AVERAGE_WATTS;
        if (averages && !card.model().averages()) {
            return "N/A";
        }
        return String.format(Locale.ROOT, "%.3f", averages ? card.averageWatts(seconds) : card.instantWatts(seconds));
    }

    private double seconds(Instant at) {
        return Duration.between(start, at).toNanos() / 1e9;
    }

    @Override
    public SmiTruth truth() {
        Instant from = firstGroup;
        Instant to = lastGroup;
        List<SmiTruth.Card> truths = new ArrayList<>();
        for (MockCard card : cards) {
            boolean known = from != null && to != null && to.isAfter(from) && MockSmi.isFunctionOfTime(options.wall());
            Double seconds = known && from != null && to != null ? seconds(to) - seconds(from) : null;
            Double mean =
                    seconds != null && from != null && to != null ? card.meanWatts(seconds(from), seconds(to)) : null;
            CounterSpec spec = card.counter().spec();
            double others = spec.scope() == Scope.MODULE ? options.moduleWatts().orElse(0) : 0;
            truths.add(card.truth(
                    mean,
                    seconds,
                    spec.scope() == Scope.NONE
                            ? null
                            : new SmiTruth.Counter(
                                    spec.scope().name().toLowerCase(Locale.ROOT),
                                    spec.gain(),
                                    spec.offsetWatts(),
                                    spec.lagSeconds(),
                                    spec.periodMillis(),
                                    spec.stuckAt().isPresent() ? spec.stuckAt().getAsDouble() : null,
                                    mean == null || seconds == null ? null : (mean + others) * seconds)));
        }
        return new SmiTruth(options.seed(), start, from, to, groups, 0, 0, truths);
    }
}
