package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.wattline.model.RangeSetting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A million random and mutated replies through the whole pipeline, from bytes to results: each command ends, with a result
 * or with a typed exception, and nothing is kept of what was read. A failure names the seed.
 */
@Isolated("compares the memory in use before and after")
class FuzzTest {
    private static final long[] SEEDS = {21, 22, 23, 24};
    private static final int INPUTS = 250_000; // for each seed
    private static final int INPUTS_A_CONNECTION = 100;
    private static final PtdOptions LIMITS = new PtdOptions(PtdDeadlines.DEFAULT, 300, 1_000, 10_000);
    private static final long MAX_GROWTH = 24L * 1024 * 1024;

    private record Exchange(PtdCommand<?> command, String reply) {}

    private static final String ROW =
            "Time,11-22-2026 04:48:46.343,Watts,199.960000,Volts,230.070000,Amps,0.894720,PF,0.97\n";
    private static final List<Exchange> EXCHANGES = List.of(
            new Exchange(new PtdCommand.Hello(), "Hello, PTDaemon here!\r\n"),
            new Exchange(
                    new PtdCommand.Identify(),
                    "YokogawaWT310E,1000,1,1,1,1,0,0,1,version=1.11.1-462c978e-20240907,OS=Linux,mode=power,1,1,1,0,0,"
                            + "no_cal_date,YOKOGAWA;WT310E;C2XF16030V;F1.04\r\n"),
            new Exchange(new PtdCommand.ReadRanges(), "Ranges,0,5.000000,0,300.000000\r\n"),
            new Exchange(new PtdCommand.SetVolts(RangeSetting.auto()), "Range V changed\r\n"),
            new Exchange(new PtdCommand.SetAmps(RangeSetting.of(2)), "Range A changed\r\n"),
            new Exchange(
                    new PtdCommand.Go(1000, 0, "m"),
                    "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples\r\n"),
            new Exchange(new PtdCommand.Stop(), "Stopping untimed measurement\r\n"),
            new Exchange(new MeasurementQuery.ReadLast(Selector.ALL, Selector.ALL), "Last 2 samples\r\n" + ROW + ROW),
            new Exchange(new MeasurementQuery.ReadLast(), "Last 3 samples\n" + ROW + ROW + ROW + "\r\n"),
            new Exchange(new MeasurementQuery.Uncertainty(), "Uncertainty,-1.0,10000000.000000,0.000000,3,0,0,3\r\n"),
            new Exchange(
                    new MeasurementQuery.Statistics(Quantity.WATTS),
                    "Watts,199.960000,199.960000,199.960000,3,1,2\r\n"),
            new Exchange(new PtdCommand.Raw("Frobnicate"), "Unknown command\r\n"));

    @Test
    void everyCommandEndsWhateverComes() {
        long before = usedMemory();

        LongStream.of(SEEDS).parallel().forEach(FuzzTest::feedARun);

        assertThat(usedMemory() - before).as("bytes kept").isLessThan(MAX_GROWTH);
    }

    private static void feedARun(long seed) {
        Random random = new Random(seed);
        Loopback ptd = new Loopback(LIMITS);
        long answered = 0;
        for (int i = 0; i < INPUTS; i++) {
            if (!ptd.isOpen() || i % INPUTS_A_CONNECTION == 0) {
                ptd = new Loopback(LIMITS);
            }
            Exchange exchange = EXCHANGES.get(random.nextInt(EXCHANGES.size()));
            CompletableFuture<?> result = ptd.execute(exchange.command());
            feed(ptd, input(exchange, random), random);
            if (!result.isDone()) {
                ptd.advance(Duration.ofMinutes(10)); // further than any deadline
            }
            if (!result.isDone()) {
                fail("seed " + seed + ", input " + i + ": no end of "
                        + exchange.command().line());
            }
            Throwable failure = result.handle((value, thrown) -> thrown).join();
            if (failure == null) {
                answered++;
            } else if (!(failure instanceof PtdException)) {
                fail("seed " + seed + ", input " + i + ": " + exchange.command().line(), failure);
            }
        }
        assertThat(answered).as("inputs that are replies, seed %d", seed).isBetween(INPUTS / 10L, INPUTS * 9L / 10);
    }

    private static byte[] input(Exchange exchange, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> exchange.reply().getBytes(StandardCharsets.ISO_8859_1);
            case 1 -> EXCHANGES.get(random.nextInt(EXCHANGES.size())).reply().getBytes(StandardCharsets.ISO_8859_1);
            case 2 -> mutated(exchange.reply(), random);
            default -> noise(random);
        };
    }

    private static byte[] mutated(String reply, Random random) {
        StringBuilder text = new StringBuilder(reply);
        for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, character(random));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
                default -> text.insert(at, String.valueOf(character(random)).repeat(random.nextInt(30)));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static char character(Random random) {
        String common = ",,,;=:-.0123456789eEinfNaN*_ \t\r\n";
        return random.nextBoolean() ? common.charAt(random.nextInt(common.length())) : (char) random.nextInt(256);
    }

    /** Mostly a short one; now and then one that no line may be as long as. */
    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(50) == 0 ? 2_000 : 60)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void feed(Loopback ptd, byte[] bytes, Random random) {
        int split = random.nextBoolean() ? 0 : random.nextInt(bytes.length + 1);
        if (split > 0) {
            ptd.receive(Arrays.copyOfRange(bytes, 0, split));
        }
        ptd.receive(split == 0 ? bytes : Arrays.copyOfRange(bytes, split, bytes.length));
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
