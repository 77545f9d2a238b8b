package dev.wattline.mock.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.json.SmiTruthJson;
import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockDcgmiTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final String SQUARE = "square,low=160,high=460,period=7,duty=0.4";
    private static final double MOST_WATTS = 400; // of the square wave, by a card

    @TempDir
    private Path folder;

    /** What one call prints, so long after the signal's start. */
    private List<String> call(double seconds, UnaryOperator<MockSmiOptions.Builder> more, String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        dcgmi(seconds, more, line).run(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static MockDcgmi dcgmi(double seconds, UnaryOperator<MockSmiOptions.Builder> more, String line) {
        MockSmiOptions options = more.apply(options(seconds, SQUARE)).build();
        return new MockDcgmi(DcgmiArguments.parse(List.of(line.split(" "))), options);
    }

    private static MockSmiOptions.Builder options(double seconds, String signal) {
        return MockSmiOptions.builder()
                .time(new ManualTimeSource(START.plusNanos(Math.round(1e9 * seconds))))
                .start(START)
                .zone(ZoneId.of("UTC"))
                .wall(SignalSpec.parse(signal))
                .otherWatts(60)
                .efficiency(1);
    }

    private static UnaryOperator<MockSmiOptions.Builder> counter(String... specs) {
        return builder ->
                builder.counters(Arrays.stream(specs).map(CounterSpec::parse).toList());
    }

    private long millijoules(double seconds, UnaryOperator<MockSmiOptions.Builder> more) {
        List<String> lines = call(seconds, more, "dmon -e 156 -c 1");
        assertThat(lines).hasSize(3);
        String[] row = lines.get(2).split("\\s+");
        assertThat(row).startsWith("GPU", "0").hasSize(3);
        return Long.parseLong(row[2]);
    }

    /** Joules between two moments, by a call at each. */
    private double joules(double from, double to, UnaryOperator<MockSmiOptions.Builder> more) {
        return (millijoules(to, more) - millijoules(from, more)) / 1e3;
    }

    private static double truth(double from, double to) {
        SignalModel wall = SignalSpec.parse(SQUARE);
        double joules = 0;
        for (double at = from; at < to; at++) {
            double end = Math.min(to, at + 1);
            joules += (wall.meanWatts(at, end) - 60) * (end - at);
        }
        return joules;
    }

    @Test
    void printsTheFormOfTheRealOne() {
        List<String> lines = call(5, options -> options.cards(2).gain(1).offset(0), "dmon -e 155,156,157 -c 1");

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).split("\\s+")).containsExactly("#Entity", "POWER", "TOTEC", "PWRIN");
        assertThat(lines.get(1).split("\\s+")).containsExactly("ID", "W", "mJ", "W");
        assertThat(lines.subList(2, 4)).allMatch(line -> line.matches("GPU \\d +50\\.000 +\\d{10,12} +50\\.000 *"));
    }

    @Test
    void theCardsAreThoseOfNvidiaSmi() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MockSmi(
                        SmiArguments.parse(List.of("-L")),
                        options(0, SQUARE).cards(3).seed(7).build())
                .run(new PrintStream(out, true, StandardCharsets.UTF_8));

        List<String> found = call(0, options -> options.cards(3).seed(7), "discovery -l");

        assertThat(found).first().isEqualTo("3 GPUs found.");
        for (String card : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            assertThat(found)
                    .anyMatch(line -> line.contains("Device UUID: " + card.replaceAll(".*UUID: (.*)\\)", "$1") + " "))
                    .anyMatch(line -> line.contains("Name: NVIDIA H100 PCIe "));
        }
        assertThat(found)
                .filteredOn(line -> line.startsWith("|"))
                .extracting(String::length)
                .containsOnly(found.get(1).length());
    }

    @Test
    void aSoundCounterIsTheIntegralOfTheTruePower() {
        for (double from = 0.3; from < 60; from += 6.7) {
            for (double length : new double[] {0.4, 3.3, 41}) {
                assertThat(joules(from, from + length, options -> options))
                        .isCloseTo(truth(from, from + length), Offset.offset(0.05 * MOST_WATTS));
            }
        }
    }

    @Test
    void itIsRenewedEachPeriodAndNeverGoesBack() {
        UnaryOperator<MockSmiOptions.Builder> slow = counter("gpu,period=100");
        long before = millijoules(20, slow);
        int changes = 0;
        for (int i = 1; i <= 100; i++) {
            long now = millijoules(20 + i / 100.0, slow);
            assertThat(now).isGreaterThanOrEqualTo(before);
            changes += now > before ? 1 : 0;
            before = now;
        }

        assertThat(changes).isBetween(9, 11);
    }

    @Test
    void gainAndOffsetAreAsTold() {
        assertThat(joules(3, 80, counter("gpu,gain=1.25,offset=-8")))
                .isCloseTo(1.25 * truth(3, 80) - 8 * 77, Offset.offset(0.1 * MOST_WATTS));
    }

    @Test
    void aLateCounterShowsWhatWasBefore() {
        assertThat(millijoules(31.5, counter("gpu,lag=2,period=1")))
                .isCloseTo(millijoules(29.5, counter("gpu,period=1")), Offset.offset(Math.round(2 * MOST_WATTS)));
    }

    @Test
    void aStuckCounterStandsStillFromThen() {
        UnaryOperator<MockSmiOptions.Builder> stuck = counter("gpu,stuck=30");

        assertThat(joules(10, 29, stuck)).isCloseTo(truth(10, 29), Offset.offset(0.05 * MOST_WATTS));
        assertThat(joules(30.1, 300, stuck)).isZero();
    }

    @Test
    void aModulesCounterCountsProcessorAndMemoryToo() {
        UnaryOperator<MockSmiOptions.Builder> module = counter("module");

        assertThat(joules(2, 30, options -> module.apply(options.moduleWatts(150))))
                .isCloseTo(truth(2, 30) + 28 * 150, Offset.offset(0.05 * (MOST_WATTS + 150)));
        assertThatThrownBy(() -> joules(2, 30, module))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("--module-watts");
    }

    @Test
    void aCardBeforeVoltaHasNone() {
        assertThat(call(5, options -> counter("none,card=1").apply(options.cards(2)), "dmon -e 156 -c 1"))
                .last()
                .asString()
                .matches("GPU 1 +N/A *");
    }

    @Test
    void itDoesNotSeeTheNoise() {
        UnaryOperator<MockSmiOptions.Builder> noisy =
                options -> options.wall(new NoisySignal(SignalSpec.parse(SQUARE), 30, 3));

        assertThat(millijoules(44, noisy)).isEqualTo(millijoules(44, options -> options));
    }

    /** A time that a wait moves on by as much as the loop asks for. */
    private static final class LoopTime implements TimeSource {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public Instant now() {
            return START.plusNanos(nanos.get());
        }

        @Override
        public long nanoTime() {
            return nanos.addAndGet(1_000_000_000L); // asked once a group to wait, and once to see for how long
        }
    }

    @Test
    void groupsComeUntilThereAreEnoughAndTheHeaderAgain() {
        List<String> lines = call(0, options -> options.cards(2).time(new LoopTime()), "dmon -e 156 -d 1000 -c 26");

        assertThat(lines).filteredOn(line -> line.startsWith("#Entity")).hasSize(2);
        assertThat(lines).filteredOn(line -> line.startsWith("GPU ")).hasSize(2 * 26);
        assertThat(lines.get(2 + 2 * 25)).startsWith("#Entity");
    }

    @Test
    void aLoopEndsWhenItIsStoppedAndKnowsTheTruth() throws Exception {
        Path log = folder.resolve("rows");
        try (PrintStream out = new PrintStream(Files.newOutputStream(log), false, StandardCharsets.UTF_8)) {
            MockDcgmi running = dcgmi(
                    0,
                    options -> counter("gpu,gain=1.1,stuck=1000,card=1")
                            .apply(options.cards(2)
                                    .time(TimeSource.system())
                                    .start(Instant.now().minusSeconds(20))),
                    "dmon --field-id 156 --delay 5");
            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> running.run(out));
            await().until(() -> Files.readAllLines(log).size() > 60);
            running.stop();

            assertThat(TestDeadlines.resultOf(ended, 1)).isZero();
            SmiTruth truth = running.truth();
            double seconds =
                    Duration.between(truth.firstRoundAt(), truth.lastRoundAt()).toNanos() / 1e9;
            SmiTruth.Card card = truth.cards().get(1);
            assertThat(card.trueEnergyJoules())
                    .isCloseTo(Objects.requireNonNull(card.trueMeanWatts()) * seconds, Offset.offset(1e-6));
            SmiTruth.Counter counter = Objects.requireNonNull(card.counter());
            assertThat(counter.trueEnergyJoules()).isEqualTo(card.trueEnergyJoules());
            assertThat(counter.gain()).isEqualTo(1.1);
            assertThat(counter.stuckAtSeconds()).isEqualTo(1000);
            assertThat(truth.rounds())
                    .isEqualTo(Files.readAllLines(log).stream()
                            .filter(line -> line.startsWith("GPU 0"))
                            .count());
            Path file = folder.resolve("truth.json");
            SmiTruthJson.write(file, truth);
            assertThat(Files.readString(file)).contains("\"scope\" : \"gpu\"", "\"gain\" : 1.1");
        }
    }

    @Test
    void cardsThatPollingKeepsAwakeCountMoreMeanwhile() {
        Path polls = folder.resolve("polls");
        String constant = "constant,watts=160";
        UnaryOperator<MockSmiOptions.Builder> awake =
                options -> options.wall(SignalSpec.parse(constant)).awake(50, polls);
        assertThat(joules(1, 21, awake)).isCloseTo(20 * 100, Offset.offset(0.05 * 150));

        for (double at = 30; at <= 40; at += 0.25) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MockSmi smi = new MockSmi(
                    SmiArguments.parse(List.of("--query-gpu=power.draw.instant", "--format=csv,noheader,nounits")),
                    awake.apply(options(at, constant)).gain(1).offset(0).build());
            smi.run(new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(Double.parseDouble(out.toString(StandardCharsets.UTF_8).strip()))
                    .isEqualTo(at < 30.2 ? 100.0 : 150.0);
        }

        assertThat(joules(31, 39, awake)).isCloseTo(8 * 150, Offset.offset(0.05 * 150));
        assertThat(joules(20, 60, awake)).isCloseTo(40 * 100 + 12 * 50, Offset.offset(0.05 * 150));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmon | nothing is asked for",
                "dmon -e | -e needs a value",
                "dmon -e 203 | field '203' is not known here",
                "dmon -e 156 -d 0 | -d expects a whole number of milliseconds from 1",
                "dmon -e 156 -c all | -c expects a whole number of groups of rows",
                "dmon -e 156 --host far | unknown option '--host'",
                "discovery | expected -l"
            })
    void aWrongCommandLineIsRefused(String line, String message) {
        assertThatThrownBy(() -> DcgmiArguments.parse(List.of(line.split(" "))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "card",
                "gain=1.1",
                "gpu,gain=0",
                "gpu,lag=-1",
                "gpu,period=0",
                "gpu,stuck=-1",
                "gpu,card=1.5",
                "gpu,watts=3",
                "none,gain=1",
                "gpu,module"
            })
    void whatIsNoCounterIsRefused(String text) {
        assertThatThrownBy(() -> CounterSpec.parse(text))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("counter '" + text + "'");
    }

    @Test
    void aCounterThatCannotBeTheSameInEachCallIsRefused() {
        assertThatThrownBy(() -> new MockDcgmi(
                        DcgmiArguments.parse(List.of("dmon", "-e", "156")),
                        MockSmiOptions.builder().build()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("a beginning that all calls share");
        assertThatThrownBy(() -> millijoules(5, options -> options.wall(SignalSpec.parse("cpu"))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("of which no energy is known");
        assertThatThrownBy(() -> millijoules(4e6, options -> options))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("more than 31 days ago");
        assertThatThrownBy(() -> millijoules(5, counter("gpu,card=1")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("there is no card 1 among 1");
        assertThat(String.format(Locale.ROOT, "%d", millijoules(2.5e6, options -> options)))
                .matches("\\d{12,13}"); // a month is added up
    }
}
