package dev.wattline.bench.physics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageSuiteTest {

    @Test
    void theIntervalHoldsOnAverageAndInEachCell() {
        // A short version of the benchmark 'coverage': 76 cells of 12 runs, each with a calibrated and a prior card.
        List<CoverageSuite.Cell> cells = CoverageSuite.run(12, 2024);

        double calibrated = cells.stream()
                .mapToDouble(CoverageSuite.Cell::calibratedPct)
                .average()
                .orElseThrow();
        double prior = cells.stream()
                .mapToDouble(CoverageSuite.Cell::priorPct)
                .average()
                .orElseThrow();
        assertThat(calibrated).isBetween(95.0, 100.0);
        assertThat(prior).isBetween(93.0, 100.0);
        // Of 12 runs at 95 % fewer than 8 fall inside once in ten thousand cells.
        assertThat(cells).allMatch(cell -> cell.calibratedPct() > 65 && cell.priorPct() > 65);
        // An interval that is never left would be worthless: it must be as narrow as the sensor allows.
        assertThat(cells)
                .filteredOn(cell -> cell.setting() == CoverageSuite.Setting.FULL_10HZ)
                .allMatch(cell -> cell.halfWidthPct() < 4);
        assertThat(cells)
                .filteredOn(cell -> cell.setting() == CoverageSuite.Setting.AVERAGE_1HZ && cell.seconds() >= 60)
                .hasSize(24)
                .allMatch(cell -> cell.halfWidthPct() < 3);
    }
}
