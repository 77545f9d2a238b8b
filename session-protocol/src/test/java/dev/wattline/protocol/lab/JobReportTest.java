package dev.wattline.protocol.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.protocol.lab.JobReport.End;
import dev.wattline.protocol.lab.json.LabJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report fits into a line whatever was printed: one that does not could never be told. */
class JobReportTest {
    private static int bytes(LabMessage message) {
        return LabJson.line(message).getBytes(StandardCharsets.UTF_8).length;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\u2588", "\"", "\\", "\ud83d\ude00", "\ud83d"})
    void theLongestReportOfAnyCharactersFitsIntoALineWithItsJob(String character) {
        String line = character.repeat(3000);
        JobReport report = new JobReport(
                "j-999999",
                1,
                End.COMPLETE,
                line,
                "2026-11-30_01-02-03_label",
                Collections.nCopies(100, line),
                Collections.nCopies(1000, line));
        TreeMap<String, String> params = new TreeMap<>();
        for (int i = 0; i < 16; i++) {
            params.put("parameter-" + i, character.repeat(256 / character.length()));
        }
        LabMessage order = new JobOrder("rig", "bert", JobKind.OFFICIAL, params, Map.of(), "").into(LabMessage.empty());

        assertThat(JobOrder.of(order).params()).isEqualTo(params);
        assertThat(bytes(report.into(order))).isLessThan(LabProtocol.MAX_LINE_BYTES - 1000);
        assertThat(report.log()).isNotEmpty();
        assertThat(report.invalid()).isNotEmpty();
    }

    @Test
    void theLastLinesOfALogAreKept() {
        List<String> lines = new java.util.ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            lines.add("line " + i);
        }
        JobReport report = JobReport.without("j-1", 1, End.FAILED, "").withLog(lines);

        assertThat(report.log())
                .hasSize(JobReport.LOG_LINES)
                .startsWith("line 800")
                .endsWith("line 999");
    }

    @Test
    void anOrderOfMoreThanALineHoldsIsRefused() {
        TreeMap<String, String> params = new TreeMap<>();
        for (int i = 0; i < 17; i++) {
            params.put("parameter-" + i, "x".repeat(256));
        }
        LabMessage order = new JobOrder("rig", "bert", JobKind.OFFICIAL, params, Map.of(), "").into(LabMessage.empty());

        assertThatThrownBy(() -> JobOrder.of(order))
                .isInstanceOf(LabMessageException.class)
                .hasMessageContaining("at most 4096 characters in all values together");
    }
}
