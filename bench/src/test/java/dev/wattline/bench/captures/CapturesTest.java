package dev.wattline.bench.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short version of the benchmark {@code captures}: the analysis on captures that nobody tuned it for. */
class CapturesTest {
    private static final long FIRST_SEED = 500;

    @TempDir
    private Path folder;

    @Test
    void theAnalysisKeepsItsTolerancesOnCapturesThatItNeverSaw() throws IOException {
        Captures captures = new Captures(folder);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 6; seed++) {
            captures.sensor(seed);
            captures.merge(seed);
        }

        List<Tally> tallies = captures.tallies();
        assertThat(tallies).allSatisfy(tally -> {
            // Nine in ten, which of fewer than ten is one.
            double least = tally.count() < 10 ? 1 - 1.0 / Math.max(1, tally.count()) : 0.9;
            assertThat(tally.share()).as(tally.toString()).isGreaterThanOrEqualTo(least);
            assertThat(tally.insideShare()).as(tally.toString()).isGreaterThanOrEqualTo(least);
        });
        assertThat(tallies)
                .filteredOn(tally -> tally.toString().startsWith("zone"))
                .singleElement()
                .satisfies(zone -> assertThat(zone.share()).isEqualTo(1));
        assertThat(tallies.stream().mapToInt(Tally::count).sum()).isGreaterThan(200);
    }

    @Test
    void aLogInTheSecondPassOfARepeatedHourFindsItsPlaceByTheAnalyzer() throws IOException {
        Captures captures = new Captures(folder);

        captures.merge(30_057); // all of it after summer time ended in New York, the zone given

        assertThat(captures.tallies())
                .filteredOn(tally -> tally.toString().startsWith("lag, average"))
                .singleElement()
                .satisfies(lag -> assertThat(lag.count()).isEqualTo(1))
                .satisfies(lag -> assertThat(lag.share() * lag.insideShare()).isEqualTo(1));
    }
}
