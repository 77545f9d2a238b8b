package dev.wattline.mock.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.json.SmiTruthJson;
import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.mock.signal.SquareWave;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockSmiTest {
    private static final Instant START = Instant.parse("2023-07-08T18:27:36.359Z");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final MockSmiOptions.Builder options = MockSmiOptions.builder()
            .time(new ManualTimeSource(START))
            .zone(ZoneId.of("Europe/London"))
            .wall(new ConstantSignal(360))
            .otherWatts(60)
            .efficiency(1)
            .gain(1)
            .offset(0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv | timestamp, index, power.draw [W] | 2023/07/08 19:27:36.359, 0, 300.00 W",
                "csv,nounits | timestamp, index, power.draw [W] | 2023/07/08 19:27:36.359, 0, 300.00",
                "csv,noheader,nounits | 2023/07/08 19:27:36.359, 0, 300.00 |"
            })
    void writesTheFormsOfTheRealOne(String format, String first, String second) {
        int status = run("--query-gpu=timestamp,index,power.draw", "--format=" + format);

        assertThat(status).isZero();
        assertThat(lines()).first().isEqualTo(first);
        assertThat(lines()).hasSize(second == null ? 1 : 2);
        if (second != null) {
            assertThat(lines().get(1)).isEqualTo(second);
        }
    }

    @Test
    void sharesThePowerBetweenItsCards() {
        options.cards(4);

        run("--query-gpu=index,power.draw.instant", "--format=csv,noheader,nounits");

        assertThat(lines()).containsExactly("0, 75.00", "1, 75.00", "2, 75.00", "3, 75.00");
    }

    @ParameterizedTest
    @CsvSource({"h100, true", "a100, false", "v100, false", "rtx3090, true"})
    void hasAnAverageOnlyWhereTheModelDoes(String model, boolean averages) {
        options.model(CardModel.of(model));

        run("--query-gpu=power.draw.average", "--format=csv,noheader,nounits");

        assertThat(lines()).containsExactly(averages ? "300.00" : "[N/A]");
    }

    @Test
    void onlySuperchipsKnowTheirModulesPower() {
        assertThat(run("--query-gpu=module.power.draw.average", "--format=csv")).isEqualTo(2);
        out.reset();
        options.moduleWatts(150);

        run(
                "--query-gpu=power.draw,module.power.draw.average,module.power.draw.instant",
                "--format=csv,noheader,nounits");

        assertThat(lines()).containsExactly("300.00, 450.00, 450.00");
        assertThatThrownBy(() -> options.moduleWatts(-1)).isInstanceOf(InvalidOptionException.class);
    }

    @Test
    void refusesAFieldAsTheRealOneDoes() {
        int status = run("--query-gpu=index,power.draw.imagined", "--format=csv");

        assertThat(status).isEqualTo(2);
        assertThat(lines()).first().isEqualTo("Field \"power.draw.imagined\" is not a valid field to query.");
    }

    @Test
    void helpNamesEveryFieldThatAQueryTakes() {
        assertThat(run("--help-query-gpu")).isZero();

        assertThat(lines()).contains("\"power.draw.average\"", "\"clocks.current.sm\" or \"clocks.sm\"");
        for (String line : lines()) {
            if (line.startsWith("\"")) {
                String name = line.substring(1, line.indexOf('"', 1));
                assertThat(SmiField.of(name)).as(name).isPresent();
            }
        }
    }

    @Test
    void listsCardsAndAnswersForTheOnesAsked() {
        options.cards(2);
        run("-L");
        String uuid = lines().get(1).replaceAll(".*UUID: (.*)\\)", "$1");
        out.reset();

        run("--query-gpu=index", "--format=csv,noheader", "-i", uuid);

        assertThat(lines()).containsExactly("1");
    }

    @Test
    void theSameSeedGivesTheSameCards() {
        options.cards(3);
        run("-L");
        List<String> first = lines();
        out.reset();
        run("-L");

        assertThat(lines()).isEqualTo(first).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--query-gpu=index | --format=csv",
                "--format=csv | nothing is asked for",
                "--query-gpu=index --format=xml | not a valid format",
                "--query-gpu=index --format=csv -lms zero | -lms expects a whole number of milliseconds",
                "--query-gpu=index --format=csv -lms | needs a value",
                "--dance | Option \"--dance\" is not recognized"
            })
    void aWrongCommandLineIsRefused(String line, String message) {
        assertThatThrownBy(() -> SmiArguments.parse(List.of(line.split(" "))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusedCellsAreCountedAndNeverANumber() {
        options.refusals(0.5).cards(64);

        MockSmi smi = smi("--query-gpu=power.draw", "--format=csv,noheader,nounits");
        smi.run(stream());

        long refused = lines().stream().filter(line -> line.startsWith("[")).count();
        assertThat(refused).isBetween(10L, 54L).isEqualTo(smi.truth().refusedCells());
        assertThat(lines()).allMatch(line -> line.matches("\\d+\\.\\d\\d|\\[N/A]|\\[Unknown Error]"));
    }

    @Test
    void aStuckSensorStandsStillWhateverTheLoadDoes() {
        options.stuck(true).wall(new ConstantSignal(1000));

        run("--query-gpu=power.draw,power.draw.instant,utilization.gpu", "--format=csv,noheader,nounits");

        assertThat(lines()).singleElement().asString().startsWith("46.19, 46.19, ");
    }

    @Test
    void stallsLetRoundsComeLateAndAreCounted() throws Exception {
        Path log = folder.resolve("log.csv");
        options.time(TimeSource.system()).stalls(1, 60);
        MockSmi smi =
                smi("--query-gpu=timestamp,power.draw", "--format=csv,noheader", "-lms", "5", "-f", log.toString());
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> smi.run(stream()));
        await().until(() -> Files.exists(log) && Files.readAllLines(log).size() > 5);

        smi.stop();

        assertThat(TestDeadlines.resultOf(running, 1)).isZero();
        assertThat(smi.truth().stalls()).isGreaterThanOrEqualTo(5);
        List<Integer> millis = Files.readAllLines(log).stream()
                .map(line -> Integer.parseInt(line.substring(17, 19)) * 1000 + Integer.parseInt(line.substring(20, 23)))
                .toList();
        for (int i = 1; i < millis.size(); i++) {
            assertThat((millis.get(i) - millis.get(i - 1) + 60_000) % 60_000).isGreaterThanOrEqualTo(59);
        }
    }

    @Test
    void loopsIntoAFileUntilItIsStoppedAndKnowsTheTruth() throws Exception {
        Path log = folder.resolve("log.csv");
        options.time(TimeSource.system()).wall(new SquareWave(60, 360, 0.02, 0.5));
        MockSmi smi = smi("--query-gpu=timestamp,power.draw", "--format=csv", "--loop-ms=5", "-f", log.toString());
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> smi.run(stream()));
        await().until(() -> Files.exists(log) && Files.readAllLines(log).size() > 50);

        smi.stop();

        assertThat(TestDeadlines.resultOf(running, 1)).isZero();
        assertThat(out.size()).isZero();
        SmiTruth truth = smi.truth();
        assertThat(truth.rounds()).isEqualTo(Files.readAllLines(log).size() - 1);
        double seconds =
                Duration.between(truth.firstRoundAt(), truth.lastRoundAt()).toNanos() / 1e9;
        double mean = Objects.requireNonNull(truth.cards().get(0).trueMeanWatts());
        assertThat(mean).isCloseTo(150, Offset.offset(150 * 0.02 / seconds));
        assertThat(truth.cards().get(0).trueEnergyJoules()).isCloseTo(mean * seconds, Offset.offset(1e-6));
    }

    @Test
    void theTruthOfThisMachinesLoadIsNotKnown() throws IOException {
        options.wall(SignalSpec.parse("cpu"));
        MockSmi smi = smi("--query-gpu=power.draw", "--format=csv");
        smi.run(stream());
        Path file = folder.resolve("truth.json");

        SmiTruthJson.write(file, smi.truth());

        assertThat(Files.readString(file))
                .contains("\"trueEnergyJoules\" : null", "\"schema\" : \"wattline-mock-smi-truth/1\"");
    }

    /** A clock that moves by half a second whenever a card is read, and never lets a loop wait. */
    private static final class ReadingClock implements TimeSource {
        private final int reads;
        private final Runnable afterwards;
        private int read;
        private long nanos;

        ReadingClock(int reads, Runnable afterwards) {
            this.reads = reads;
            this.afterwards = afterwards;
        }

        @Override
        public Instant now() {
            if (read == reads) {
                afterwards.run();
            }
            return START.plusMillis(500L * read++);
        }

        @Override
        public long nanoTime() {
            return nanos += 10_000_000_000L;
        }
    }

    /** A row: the card, the log's time as ms after the first, the power. */
    private record Row(int card, long millis, double watts) {}

    private List<Row> rounds(int reads, String... faults) {
        AtomicReference<MockSmi> running = new AtomicReference<>();
        options.cards(2)
                .wall(SignalSpec.parse("ramp,from=60,to=1060,seconds=100"))
                .start(START)
                .periodMillis(1)
                .windowMillis(1)
                .zone(ZoneId.of("UTC"))
                .faults(Arrays.stream(faults).map(SmiFault::parse).toList())
                .time(new ReadingClock(
                        reads, () -> new Thread(Objects.requireNonNull(running.get())::stop, "stop").start()));
        MockSmi smi =
                smi("--query-gpu=index,timestamp,power.draw.instant", "--format=csv,noheader,nounits", "-lms", "1");
        running.set(smi);
        smi.run(stream());
        DateTimeFormatter stamp =
                DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS").withZone(ZoneId.of("UTC"));
        return lines().stream()
                .map(line -> line.split(", "))
                .map(cells -> new Row(
                        Integer.parseInt(cells[0]),
                        Duration.between(START, Instant.from(stamp.parse(cells[1])))
                                .toMillis(),
                        Double.parseDouble(cells[2])))
                .toList();
    }

    @Test
    void cardsThatDieComeLateOrAreSilentHaveNoRowsThen() {
        List<Row> rows = rounds(80, "dead,card=1,at=30", "late,card=0,until=5", "hole,at=10,seconds=3,every=20");

        assertThat(rows).isNotEmpty();
        assertThat(rows).noneMatch(row -> row.card() == 1 && row.millis() >= 30_000);
        assertThat(rows).noneMatch(row -> row.card() == 0 && row.millis() < 5000);
        for (long hole : new long[] {10_000, 30_000}) {
            assertThat(rows).noneMatch(row -> row.millis() >= hole && row.millis() < hole + 3000);
            assertThat(rows).anyMatch(row -> row.millis() >= hole + 3000 && row.millis() < hole + 4000);
        }
        assertThat(rows).anyMatch(row -> row.card() == 1 && row.millis() < 1000);
    }

    @Test
    void aFrozenCardStandsStillAndTheOthersDoNot() {
        List<Row> rows = rounds(80, "frozen,card=0,at=20");

        double frozen = rows.stream()
                .filter(row -> row.card() == 0 && row.millis() >= 20_000)
                .findFirst()
                .orElseThrow()
                .watts();
        assertThat(frozen).isCloseTo(100, Offset.offset(0.1)); // half of what the ramp leaves the cards after 20 s
        assertThat(rows)
                .filteredOn(row -> row.card() == 0 && row.millis() >= 20_000)
                .allMatch(row -> row.watts() == frozen);
        assertThat(rows)
                .filteredOn(row -> row.card() == 1 && row.millis() < 40_000)
                .extracting(Row::watts)
                .doesNotHaveDuplicates();
    }

    @Test
    void theLogsClockDriftsAndIsSet() {
        List<Row> rows = rounds(80, "clock-drift,ppm=1000", "clock-step,at=20,ms=-250");

        List<Long> times = rows.stream().map(Row::millis).toList();
        assertThat(times.get(20)).isEqualTo(10_010); // a thousandth of 10 s
        assertThat(times.get(60)).isEqualTo(30_030 - 250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "burnt",
                "dead",
                "dead,card=1.5",
                "late,card=0",
                "hole,seconds=0",
                "clock-step,at=3",
                "dead,card=0,ms=3"
            })
    void whatIsNoFaultIsRefused(String text) {
        assertThatThrownBy(() -> SmiFault.parse(text))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("fault '" + text + "'");
    }

    private int run(String... arguments) {
        return smi(arguments).run(stream());
    }

    private MockSmi smi(String... arguments) {
        return new MockSmi(SmiArguments.parse(List.of(arguments)), options.build());
    }

    private PrintStream stream() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
