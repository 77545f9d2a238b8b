package dev.wattline.mock.smi;

import dev.wattline.mock.MockException;
import dev.wattline.mock.signal.CpuLoadSignal;
import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for nvidia-smi: one call of it. Its cards draw what the signal says and report it as their sensors do, so
 * that the error of every reading is known.
 */
public final class MockSmi implements CardTool {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);
    private static final String[] REFUSALS = {"[N/A]", "[Unknown Error]"};
    private static final String STUCK_WATTS = "46.19";

    private final SmiArguments arguments;
    private final MockSmiOptions options;
    private final Instant start;
    private final List<MockCard> cards;
    private final SplittableRandom faults;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable Instant firstRound;
    private volatile @Nullable Instant lastRound;
    private @Nullable Instant firstDue;
    private long rounds;
    private long refused;
    private long stalls;

    public MockSmi(SmiArguments arguments, MockSmiOptions options) {
        this.arguments = arguments;
        this.options = options;
        this.start = options.start();
        this.faults = new SplittableRandom(options.seed() ^ 0x5EED);
        this.cards = MockCard.all(options);
    }

    /**
     * Does what the command line asks for; a loop ends by {@link #stop}.
     *
     * @return nvidia-smi's exit status: 0, 2 for a field that it does not know, or 6 for cards that there are not
     * @throws MockException if a file cannot be written
     */
    @Override
    public int run(PrintStream stdout) {
        try {
            switch (arguments.action()) {
                case LIST ->
                    cards.forEach(card -> stdout.println(
                            "GPU " + card.index() + ": " + card.model().cardName() + " (UUID: " + card.uuid() + ")"));
                case HELP_QUERY -> help(stdout);
                case VERSION -> stdout.println("NVIDIA-SMI version  : mock of Wattline, driver " + options.driver());
                case QUERY -> {
                    return query(stdout);
                }
            }
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

    private void help(PrintStream stdout) {
        stdout.println("List of valid properties to query for the switch \"--query-gpu=\":\n");
        for (SmiField field : SmiField.values()) {
            if (isKnown(field)) {
                stdout.println(field.helpText());
            }
        }
    }

    private boolean isKnown(SmiField field) {
        return !field.isOfModule() || options.moduleWatts().isPresent();
    }

    private int query(PrintStream stdout) {
        List<SmiField> fields = new ArrayList<>();
        for (String name : arguments.fields()) {
            if (SmiField.of(name).filter(this::isKnown).isEmpty()) {
                stdout.println("Field \"" + name + "\" is not a valid field to query.\n");
                return 2;
            }
            fields.add(SmiField.of(name).orElseThrow());
        }
        List<MockCard> asked = asked();
        if (asked.isEmpty()) {
            stdout.println("No devices were found");
            return 6;
        }
        if (arguments.file().isEmpty()) {
            loop(fields, asked, stdout);
        } else {
            try (PrintStream file =
                    new PrintStream(Files.newOutputStream(arguments.file().get()), false, StandardCharsets.UTF_8)) {
                loop(fields, asked, file);
            } catch (IOException e) {
                throw new MockException("cannot write " + arguments.file().get() + ": " + IoErrors.of(e), null, e);
            }
        }
        return 0;
    }

    private List<MockCard> asked() {
        return cards.stream()
                .filter(card -> arguments.cards().isEmpty()
                        || arguments.cards().contains(card.uuid())
                        || arguments.cards().contains(Integer.toString(card.index())))
                .toList();
    }

    private void loop(List<SmiField> fields, List<MockCard> asked, PrintStream out) {
        if (arguments.header()) {
            out.println(String.join(", ", fields.stream().map(SmiField::title).toList()));
        }
        long next = options.time().nanoTime();
        boolean more = true;
        while (more) {
            round(fields, asked, out);
            out.flush();
            more = arguments.interval().isPresent();
            if (more) {
                // As nvidia-smi: the interval lies between two rounds' beginnings, and a late one moves the rest.
                next = Math.max(
                        next + arguments.interval().get().toNanos(),
                        options.time().nanoTime());
                more = !isStopped(next - options.time().nanoTime() + stall());
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

    /** By how many ns this round comes late. */
    private long stall() {
        if (options.stalls() == 0 || faults.nextDouble() >= options.stalls()) {
            return 0;
        }
        stalls++;
        return options.stallMillis() * 1_000_000;
    }

    private void round(List<SmiField> fields, List<MockCard> asked, PrintStream out) {
        boolean written = false;
        options.polls().ifPresent(polls -> polls.mark(options.time().now()));
        for (MockCard card : asked) {
            Instant now = options.time().now();
            firstDue = firstDue == null ? now : firstDue;
            double since = between(firstDue, now);
            if (options.faults().stream().anyMatch(fault -> fault.isSilent(card.index(), since))) {
                continue;
            }
            written = true;
            firstRound = firstRound == null ? now : firstRound;
            lastRound = now;
            double ahead = options.faults().stream()
                    .mapToDouble(fault -> fault.aheadMillis(since))
                    .sum();
            String timestamp =
                    TIME.format(LocalDateTime.ofInstant(now.plusNanos(Math.round(1e6 * ahead)), options.zone()));
            double seconds = seconds(now);
            double read = options.faults().stream()
                    .mapToDouble(fault -> fault.readAt(card.index(), since))
                    .min()
                    .orElse(since);
            List<String> row = new ArrayList<>();
            for (SmiField field : fields) {
                row.add(cell(field, card, field.isPowerReading() ? seconds - since + read : seconds, timestamp));
            }
            out.print(String.join(", ", row) + "\n");
        }
        rounds += written ? 1 : 0;
    }

    private String cell(SmiField field, MockCard card, double seconds, String timestamp) {
        String value = field.value(card, seconds, options, timestamp);
        if (field.isPowerReading() && !value.startsWith("[")) {
            if (options.refusals() > 0 && faults.nextDouble() < options.refusals()) {
                refused++;
                return REFUSALS[faults.nextInt(REFUSALS.length)];
            }
            value = options.stuck() ? STUCK_WATTS : value;
        }
        boolean unit = arguments.units() && !field.unit().isEmpty() && !value.startsWith("[");
        return unit ? value + " " + field.unit() : value;
    }

    private double seconds(Instant at) {
        return between(start, at);
    }

    private static double between(Instant from, Instant to) {
        Duration since = Duration.between(from, to);
        return since.getSeconds() + since.getNano() / 1e9;
    }

    @Override
    public SmiTruth truth() {
        Instant from = firstRound;
        Instant to = lastRound;
        boolean known = isFunctionOfTime(options.wall()) && from != null && to != null && to.isAfter(from);
        List<SmiTruth.Card> truths = new ArrayList<>();
        for (MockCard card : cards) {
            truths.add(
                    known && from != null && to != null
                            ? card.truth(card.meanWatts(seconds(from), seconds(to)), seconds(to) - seconds(from), null)
                            : card.truth(null, null, null));
        }
        return new SmiTruth(options.seed(), start, from, to, rounds, refused, stalls, truths);
    }

    static boolean isFunctionOfTime(SignalModel signal) {
        return !(signal instanceof CpuLoadSignal)
                && !(signal instanceof NoisySignal noisy && !isFunctionOfTime(noisy.base()));
    }
}
