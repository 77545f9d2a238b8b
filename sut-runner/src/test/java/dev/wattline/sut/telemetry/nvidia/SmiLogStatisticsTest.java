package dev.wattline.sut.telemetry.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmiLogStatisticsTest {
    @TempDir
    private Path folder;

    @Test
    void countsRowsOfAllCardsAndIntervalsOfTheFirst() throws IOException {
        Map<String, Double> figures = of("""
                timestamp, index, uuid, power.draw [W]
                2023/07/08 23:59:59.900, 0, GPU-a, 1
                2023/07/08 23:59:59.901, 1, GPU-b, 2
                2023/07/09 00:00:00.000, 0, GPU-a, 1
                2023/07/09 00:00:00.001, 1, GPU-b, 2
                2023/07/09 00:00:00.130, 0, GPU-a, [N/A]
                2023/07/09 00:00:00.230, 0, GPU-a
                """);

        assertThat(figures)
                .containsEntry("rows", 6.0)
                .containsEntry("samples", 4.0)
                .containsEntry("intervalMedianMs", 100.0)
                .containsEntry("intervalMaxMs", 130.0)
                .containsEntry("jitterP99Ms", 30.0);
    }

    @Test
    void aClockSetBackCountsForNoInterval() throws IOException {
        Map<String, Double> figures = of("""
                timestamp, power.draw [W]
                2023/10/29 01:59:59.900, 1
                2023/10/29 01:00:00.000, 1
                2023/10/29 01:00:00.100, 1
                """);

        assertThat(figures).containsEntry("samples", 3.0).containsEntry("intervalMaxMs", 100.0);
    }

    @ParameterizedTest
    @CsvSource({"''", "'timestamp, power.draw [W]\n'", "'timestamp, uuid\nNVIDIA-SMI has failed\n'"})
    void aLogWithoutSamplesHasNoIntervals(String text) throws IOException {
        assertThat(of(text)).containsEntry("rows", 0.0).doesNotContainKey("intervalMedianMs");
    }

    private Map<String, Double> of(String text) throws IOException {
        return SmiLogStatistics.of(Files.writeString(folder.resolve("log.csv"), text));
    }
}
