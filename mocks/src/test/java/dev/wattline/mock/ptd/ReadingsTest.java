package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.model.PowerSample;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readings of a signal: plausible ones, and what becomes of those that the range cannot show. */
class ReadingsTest {

    @ParameterizedTest
    @CsvSource({"49, 8", "49, 200", "8, 450", "52, 1500", "549, 200", "0, 30"})
    void wattsAreVoltsTimesAmpsTimesPowerFactor(int type, double watts) {
        Reading reading = rows(type, watts, builder -> builder.initialAmps(RangeSetting.auto()))
                .get(0)
                .reading();
        assertThat(reading.watts()).isCloseTo(watts, within(1e-9));
        assertThat(reading.volts() * reading.amps() * reading.powerFactor()).isCloseTo(watts, within(watts * 1e-3));
        assertThat(reading.volts()).isCloseTo(230, within(1.0));
    }

    @Test
    void theSameSeedGivesTheSameReadings() {
        assertThat(rows(49, 200, builder -> builder.seed(7))).isEqualTo(rows(49, 200, builder -> builder.seed(7)));
        assertThat(rows(49, 200, builder -> builder.seed(7))).isNotEqualTo(rows(49, 200, builder -> builder.seed(8)));
    }

    @Test
    void theSumOfTheChannelsIsTheSignal() {
        PowerSample sample = rows(77, 900, builder -> builder).get(0);
        assertThat(sample.channels()).hasSize(3);
        double sum = sample.channels().stream().mapToDouble(Reading::watts).sum();
        assertThat(sample.reading().watts()).isCloseTo(sum, within(1e-6));
        assertThat(sum).isCloseTo(900, within(0.1));
        double volts =
                sample.channels().stream().mapToDouble(Reading::volts).average().orElseThrow();
        assertThat(sample.reading().volts()).isCloseTo(volts, within(1e-6));
    }

    @Test
    void aCurrentWhosePeakExceedsTheRangeIsEncoded() {
        // 0.82 A at 230 V; the peak of 1.8 times that is above 3 x 0.2 A, and the value above 1.4 x 0.2 A is cut.
        Bench bench = bench(49, 150, builder -> builder.initialAmps(RangeSetting.of(0.2)));
        Reading reading = sample(bench).reading();
        assertThat(reading.decodedAmps()).isCloseTo(0.28, within(1e-9));
        assertThat(reading.volts()).isPositive();
        assertThat(reading.decodedWatts()).isCloseTo(reading.volts() * 0.28 * reading.powerFactor(), within(0.1));
        assertThat(bench.messages())
                .containsSubsequence(
                        "ERROR: Current exceeds peak value allowed for range 0.20A and CF 3.",
                        "ERROR: Can't evaluate uncertainty of this sample!",
                        "WARNING: Uncertainty unknown for the last measurement sample!");
        assertThat(bench.ask("Watts")).isEqualTo("Watts,-1.000000,-1.000000,-1.000000,1,1,0");
        assertThat(bench.ask("Uncertainty")).endsWith(",1,0,0,1");
    }

    @Test
    void aPeakAloneEncodesWithoutCutting() {
        Bench bench = bench(
                49, 150, builder -> builder.initialAmps(RangeSetting.of(1)).loadCrest(4));
        Reading reading = sample(bench).reading();
        assertThat(reading.decodedWatts()).isCloseTo(150, within(1e-9));
        assertThat(reading.decodedAmps()).isBetween(0.7, 1.0);
    }

    @Test
    void anOverloadedChannelSpoilsTheSum() {
        PowerSample sample = rows(77, 900, builder -> builder.initialAmps(RangeSetting.of(0.5)))
                .get(0);
        assertThat(sample.reading()).isEqualTo(new Reading(-1, -1, -1, -1));
        assertThat(sample.channels()).allMatch(channel -> channel.watts() < -3);
    }

    @Test
    void automaticRangingShowsWhatAFixedRangeCannot() {
        Bench bench = bench(49, 150, builder -> builder.initialAmps(RangeSetting.of(0.2)));
        bench.ask("SR,A,Auto");
        assertThat(sample(bench).reading().watts()).isEqualTo(150);
        assertThat(bench.ask("RR")).isEqualTo("Ranges,1,1.000000,0,300.000000");
    }

    @Test
    void aReadingMayFailWhenTheRangeChanges() {
        Bench bench = bench(
                49, 150, builder -> builder.initialAmps(RangeSetting.auto()).nanOnRangeSwitch(true));
        bench.ask("Go,1000,0,m");
        bench.pass(1.5);
        bench.ask("Stop");
        bench.pass(0.5);
        List<PowerSample> samples = samples(bench.ask("RL"));
        assertThat(samples.get(0).reading()).isEqualTo(new Reading(-1, -1, -1, -1));
        assertThat(samples.get(1).reading().watts()).isEqualTo(150);
        assertThat(bench.messages())
                .containsSubsequence(
                        "ERROR: Bad watts reading nan from WT310",
                        "Buffer was 1.0E+00;1;300.0E+00;0",
                        "",
                        "ERROR: Bad amps reading nan from WT310",
                        "ERROR: Bad pf reading nan from WT310",
                        "ERROR: Bad volts reading nan from WT310",
                        "ERROR: Can't evaluate uncertainty of this sample!");
    }

    @ParameterizedTest
    @CsvSource({
        "49, 8, 0.2, 150, 115, 0.002, 0.004", // an edge device on a well chosen range
        "49, 200, 2, 300, 230, 0.002, 0.007",
        "52, 1500, 10, 300, 230, 0.001, 0.003",
        "49, 10, 20, 300, 230, 0.01, 1", // a small load on the greatest range
    })
    void uncertaintyIsAsInRecordedRuns(
            int type, double watts, double amps, double volts, double supply, double least, double most) {
        Bench bench = bench(
                type,
                watts,
                builder -> builder.initialAmps(RangeSetting.of(amps))
                        .initialVolts(RangeSetting.of(volts))
                        .supplyVolts(supply));
        bench.ask("Go,1000,0,m");
        bench.pass(0.5);
        String[] fields = bench.ask("Uncertainty").split(",", -1);
        assertThat(Double.parseDouble(fields[1])).isBetween(least, most);
        boolean above = least >= 0.01;
        assertThat(fields[5]).isEqualTo(above ? "1" : "0");
        assertThat(bench.messages().stream().filter(line -> line.startsWith("WARNING")))
                .hasSize(above ? 1 : 0);
    }

    @Test
    void warnsOfAHighUncertaintyInTheWordsOfTheVersion() {
        Bench bench = bench(49, 100, builder -> builder.initialAmps(RangeSetting.of(20)));
        sample(bench);
        assertThat(bench.messages())
                .contains("WARNING: Uncertainty 3.10%, which is above 1.00% limit for the last sample!");
        Bench multichannel = bench(77, 300, builder -> builder.initialAmps(RangeSetting.of(20)));
        multichannel.ask("Go,1000,0,m");
        multichannel.pass(0.5);
        assertThat(multichannel.messages().stream().filter(line -> line.startsWith("WARNING")))
                .hasSize(4)
                .last()
                .asString()
                .endsWith("for the last sample, logical channel 0!");
    }

    @Test
    void numbersAreWrittenAsCWritesThem() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            double exact = random.nextLong(-5_000_000_000L, 5_000_000_000L) / 1e6;
            double rough = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-8, 15));
            for (double value : new double[] {exact, rough, Math.rint(rough)}) {
                assertThat(Quadruple.number(value))
                        .as("seed %d, %s", seed, value)
                        .isEqualTo(String.format(Locale.ROOT, "%f", value));
            }
        }
        assertThat(Quadruple.number(0)).isEqualTo("0.000000");
        assertThat(Quadruple.number(9.91e37)).startsWith("9910000000000000");
    }

    private static Bench bench(int type, double watts, UnaryOperator<MockPtdOptions.Builder> change) {
        return new Bench(PtdArguments.of(type), builder -> change.apply(builder.signal(new ConstantSignal(watts))));
    }

    private static List<PowerSample> rows(int type, double watts, UnaryOperator<MockPtdOptions.Builder> change) {
        Bench bench = bench(type, watts, change);
        return List.of(sample(bench));
    }

    private static PowerSample sample(Bench bench) {
        bench.ask("Go,1000,0,m");
        bench.pass(0.5);
        bench.ask("Stop");
        bench.pass(0.5);
        String reply = bench.ask("RL");
        if (reply.equals("Unknown command")) {
            reply = bench.ask("DC-RL");
        } else if (bench.instrument().channels() > 1) {
            return SplRow.parse(bench.messages().stream()
                    .filter(line -> line.startsWith("Time,"))
                    .findFirst()
                    .orElseThrow());
        }
        return samples(reply).get(0);
    }

    private static List<PowerSample> samples(String reply) {
        return reply.lines().skip(1).map(SplRow::parse).toList();
    }
}
