package dev.wattline.sut.telemetry.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmiFieldsTest {
    /** Entries as {@code nvidia-smi --help-query-gpu} prints them: names in quotes, then what they mean. */
    private static String help(String... entries) {
        StringBuilder help =
                new StringBuilder("List of valid properties to query for the switch \"--query-gpu=\":\n\n");
        for (String entry : entries) {
            help.append(entry).append("\nMeans \"").append("something.else").append("\".\n\n");
        }
        return help.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp",
                "index",
                "uuid",
                "name",
                "power.draw",
                "power.draw.average",
                "power.draw.instant",
                "power.limit",
                "enforced.power.limit",
                "clocks.sm",
                "clocks.mem",
                "temperature.gpu",
                "temperature.memory",
                "utilization.gpu",
                "utilization.memory",
                "pstate",
                "memory.used",
                "clocks_event_reasons.active"
            })
    void whatSaysSomethingOfPowerIsAskedForWhereItIsKnown(String field) {
        assertThat(SmiFields.choose(help("\"" + field + "\""))).containsExactly(field);
        assertThat(SmiFields.choose(help("\"driver_version\""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"clocks.current.sm\" or \"clocks.sm\"', clocks.sm",
        "'\"clocks.current.memory\" or \"clocks.mem\"', clocks.mem",
        "'\"clocks.current.sm\"', clocks.current.sm",
        "'\"clocks_throttle_reasons.active\"', clocks_throttle_reasons.active",
        "'\"uuid\" or \"gpu_uuid\"', uuid"
    })
    void ofSeveralNamesOneIsAskedFor(String entry, String field) {
        assertThat(SmiFields.choose(help(entry))).containsExactly(field);
    }

    @Test
    void theNewNameOfTheThrottleReasonsComesBeforeTheOldOne() {
        List<String> chosen =
                SmiFields.choose(help("\"clocks_throttle_reasons.active\"", "\"clocks_event_reasons.active\""));

        assertThat(chosen).containsExactly("clocks_event_reasons.active");
    }

    @Test
    void columnsStandInTheSameOrderWhateverTheHelpsIs() {
        assertThat(SmiFields.choose(help("\"power.draw\"", "\"uuid\"", "\"timestamp\"")))
                .containsExactly("timestamp", "uuid", "power.draw");
    }

    @ParameterizedTest
    @CsvSource({
        "'Field \"power.draw.average\" is not a valid field to query.', power.draw.average",
        "'2023/07/08 19:28:27.236, 0, GPU-1', ''",
        "'Failed to initialize NVML: Driver/library version mismatch', ''"
    })
    void aRefusedFieldIsReadFromTheAnswer(String answer, String field) {
        assertThat(SmiFields.refused(answer)).isEqualTo(field);
    }
}
