package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.wattline.model.RangeSetting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for any way in which bytes may arrive; the seed is in the test's name. */
class ByteStreamPropertyTest {
    private static final List<PtdCommand<?>> COMMANDS = List.of(
            new PtdCommand.Hello(),
            new PtdCommand.Identify(),
            new PtdCommand.ReadRanges(),
            new PtdCommand.SetVolts(RangeSetting.auto()),
            new PtdCommand.SetAmps(RangeSetting.auto()),
            new PtdCommand.Go(1000, 0, "m"),
            new PtdCommand.Stop(),
            new MeasurementQuery.ReadLast(Selector.ALL, Selector.ALL),
            new MeasurementQuery.ReadLast(),
            new MeasurementQuery.Uncertainty(),
            new MeasurementQuery.Statistics(Quantity.WATTS),
            new PtdCommand.Raw("Frobnicate"));
    private static final List<String> REPLY_LINES = List.of(
            "Hello, PTDaemon here!",
            "YokogawaWT310E,1000,1,1,1,1,0,0,1,version=1.11.1-462c978e-20240907,OS=Linux,mode=power,1,1,1,0,0,"
                    + "no_cal_date,YOKOGAWA;WT310E;C2XF16030V;F1.04",
            "Ranges,0,5.000000,0,300.000000",
            "Range V changed",
            "Range A changed",
            "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples",
            "Stopping untimed measurement",
            "Invalid number of parameters",
            "Last 3 samples",
            "Time,11-22-2026 04:48:46.343,Watts,199.960000,Volts,230.070000,Amps,0.894720,PF,0.971400",
            "Time,11-22-2026 04:48:47.343,Watts,-1.000000,Volts,-1.000000,Amps,-1.000000,PF,-1.000000",
            "",
            "Uncertainty,-1.0,10000000.000000,0.000000,3,0,0,3",
            "Watts,199.960000,199.960000,199.960000,3,1,2",
            "Unknown command");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anySplitOfTheBytesAndAnyLineEndsGiveTheSameReplies(long seed) {
        Random random = new Random(seed);
        StringBuilder stream = new StringBuilder();
        for (String line : REPLY_LINES) {
            stream.append(line).append(random.nextBoolean() ? "\r\n" : "\n");
        }
        byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);

        assertThat(outcomes(bytes, splits(bytes.length, random))).isEqualTo(outcomes(bytes, new int[0]));
        assertThat(outcomes(bytes, new int[0])).noneMatch(String::isEmpty).hasSize(COMMANDS.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void garbageGivesOnlyTypedExceptionsAndNothingWaitsForEver(long seed) {
        Random random = new Random(seed);
        byte[] bytes = random.nextBoolean() ? noise(random) : damaged(random);
        Loopback ptd = new Loopback(new PtdOptions(PtdDeadlines.DEFAULT, 300, 1_000, 10_000));
        List<CompletableFuture<?>> futures = new ArrayList<>();
        COMMANDS.forEach(command -> futures.add(ptd.execute(command)));

        feed(ptd, bytes, splits(bytes.length, random));
        ptd.advance(Duration.ofMinutes(10));

        for (int i = 0; i < futures.size(); i++) {
            assertThat(futures.get(i)).as(COMMANDS.get(i).line()).isDone();
            Throwable failure = futures.get(i).handle((value, thrown) -> thrown).join();
            if (failure != null && !(failure instanceof PtdException)) {
                fail("seed " + seed + ", " + COMMANDS.get(i).line(), failure);
            }
        }
    }

    /** The results of all commands as text; empty for one without a result. */
    private static List<String> outcomes(byte[] bytes, int[] splits) {
        Loopback ptd = new Loopback();
        List<CompletableFuture<String>> futures = new ArrayList<>();
        for (PtdCommand<?> command : COMMANDS) {
            futures.add(ptd.execute(command).handle((value, failure) -> describe(value, failure)));
        }
        feed(ptd, bytes, splits);
        return futures.stream().map(future -> future.getNow("")).toList();
    }

    private static String describe(Object value, Throwable failure) {
        if (value instanceof SampleRows rows) {
            return rows.rows().toString();
        }
        return value instanceof PtdReply reply ? reply.line() : String.valueOf(value == null ? failure : value);
    }

    private static void feed(Loopback ptd, byte[] bytes, int[] splits) {
        int from = 0;
        for (int split : splits) {
            ptd.receive(Arrays.copyOfRange(bytes, from, split));
            from = split;
        }
        ptd.receive(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static int[] splits(int length, Random random) {
        return random.ints(random.nextInt(40), 0, length + 1).sorted().toArray();
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A good dialogue with some bytes changed, lost or doubled. */
    private static byte[] damaged(Random random) {
        StringBuilder text = new StringBuilder(String.join("\r\n", REPLY_LINES)).append("\r\n");
        for (int i = random.nextInt(8); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
