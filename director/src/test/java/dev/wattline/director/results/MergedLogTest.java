package dev.wattline.director.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.PtdTime;
import dev.wattline.model.SplRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergedLogTest {
    private static final Instant START = Instant.parse("2024-11-28T15:24:56.739Z");

    private static String row(Instant at, double watts) {
        return String.format(
                Locale.ROOT,
                "Time,%s,Watts,%.6f,Volts,230.000000,Amps,1.000000,PF,0.900000,Mark,s_testing",
                PtdTime.format(at),
                watts);
    }

    @Test
    void writesTheShapeThatTheReferenceGave() {
        String first = row(START, 8.103);
        String second = row(START.minusMillis(269), 435.1);

        MergedLog merged = MergedLog.of(List.of(List.of(first, ""), List.of(second, "")));

        assertThat(merged.lines())
                .containsExactly("Time,11-28-2024 15:24:56.739,Watts,443.203000,Volts,-1.000000,Amps,-1.000000,"
                        + "PF,-1.000000,Mark,s_testing,Analyzer1," + first + ",Analyzer2," + second);
        assertThat(SplRow.analyzers(merged.lines().get(0))).containsExactly(first, second);
        assertThat(merged.unmatched()).isEmpty();
    }

    /** Watts name the second they were measured in, so that a sum of two different seconds would show. */
    @Test
    void sumsNothingAcrossAGapInOneLog() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            first.add(row(START.plusSeconds(i), i));
            if (i < 7 || i > 9) {
                second.add(row(START.plusSeconds(i).plusMillis(150), 1000 * i));
            }
        }

        MergedLog merged = MergedLog.of(List.of(first, second));

        assertThat(merged.lines()).hasSize(17);
        for (String line : merged.lines()) {
            double sum = SplRow.parse(line).reading().watts();
            assertThat(sum % 1001).isZero();
        }
        assertThat(merged.unmatched())
                .containsExactly(
                        new MergedLog.Unmatched(1, START.plusSeconds(7)),
                        new MergedLog.Unmatched(1, START.plusSeconds(8)),
                        new MergedLog.Unmatched(1, START.plusSeconds(9)));
    }

    @Test
    void reportsASampleBeyondTheEndOfTheFirstAnalyzer() {
        List<String> first = List.of(row(START, 1), row(START.plusSeconds(1), 1));
        List<String> second = List.of(row(START, 2), row(START.plusSeconds(1), 2), row(START.plusSeconds(2), 2));

        MergedLog merged = MergedLog.of(List.of(first, second));

        assertThat(merged.lines()).hasSize(2);
        assertThat(merged.unmatched()).containsExactly(new MergedLog.Unmatched(2, START.plusSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -2, -37.48})
    void givesNoSumWhenATermIsNoReading(double watts) {
        MergedLog merged = MergedLog.of(List.of(List.of(row(START, 100)), List.of(row(START, watts))));

        assertThat(merged.lines().get(0)).contains(",Watts,-1.000000,Volts,-1.000000");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void pairsOnlyRowsOfTheSameSecondWhateverIsMissing(long seed) {
        Random random = new Random(seed);
        List<List<String>> logs = new ArrayList<>();
        int analyzers = 2 + random.nextInt(3);
        for (int a = 0; a < analyzers; a++) {
            Duration phase = Duration.ofMillis(random.nextInt(240));
            List<String> rows = new ArrayList<>();
            for (int second = 0; second < 300; second++) {
                if (random.nextInt(10) > 0) {
                    rows.add(row(START.plusSeconds(second).plus(phase).plusMillis(random.nextInt(5)), second));
                }
            }
            logs.add(rows);
        }

        MergedLog merged = MergedLog.of(logs);

        long rows = logs.stream().mapToLong(List::size).sum();
        assertThat(merged.lines().size() * (long) analyzers + merged.unmatched().size())
                .as("every row is merged or reported, seed %d", seed)
                .isEqualTo(rows);
        for (String line : merged.lines()) {
            List<Double> seconds = SplRow.analyzers(line).stream()
                    .map(part -> SplRow.parse(part).reading().watts())
                    .distinct()
                    .toList();
            assertThat(seconds).as("seed %d: %s", seed, line).hasSize(1);
        }
    }
}
