package dev.wattline.records.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.records.RecordsException;
import dev.wattline.records.index.IndexFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultQueryTest {
    @TempDir
    Path folder;

    private IndexFile index;

    @BeforeEach
    void writeIndex() {
        index = new IndexFile(folder);
        index.append(List.of(
                        line("a", "bert", 8, 100.5, ""),
                        line("b", "bert", 8, 99.5, ""),
                        line("c", "bert", 4, 60, "\"baseline\""),
                        line("d", "resnet", 10, 70, ""))
                .iterator());
    }

    private static String line(String session, String workload, int gpus, double watts, String tags) {
        return "{\"v\":1,\"session\":\"" + session + "\",\"kind\":\"official\",\"workload\":\"" + workload
                + "\",\"params\":{\"gpus\":\"" + gpus
                + "\"},\"machine\":{\"gpus\":16,\"turbo\":\"on\"},\"metric\":{\"value\":"
                + watts + ",\"unit\":\"W\"},\"peaks\":{\"ranging\":[{\"V\":230.0}]},\"valid\":true,\"tags\":[" + tags
                + "]}";
    }

    private List<String> sessions(String where) {
        List<String> found = new ArrayList<>();
        new ResultQuery(index.file(), Condition.parse(where)).each(List.of("session"), row -> found.add(row[0]));
        return found;
    }

    @Test
    void choosesByKeysAndByBareNamesOfParametersAndMachine() {
        assertThat(sessions("workload=bert gpus=8")).containsExactly("a", "b");
        assertThat(sessions("params.gpus=8")).containsExactly("a", "b");
        assertThat(sessions("machine.gpus=16 metric.value<90")).containsExactly("c", "d");
        assertThat(sessions("tags=baseline")).containsExactly("c");
        assertThat(sessions("turbo=on")).hasSize(4);
    }

    @Test
    void ofASessionTheLastLineCounts() {
        index.append(List.of(line("b", "bert", 8, 98, "\"later\"")).iterator());

        assertThat(sessions("gpus=8")).containsExactly("a", "b");
        assertThat(sessions("tags=later")).containsExactly("b");
        assertThat(new ResultQuery(index.file(), List.of()).groups(List.of("workload"), "metric.value"))
                .extractingByKey(List.of("bert"))
                .isEqualTo(new double[] {100.5, 60, 98});
    }

    /** Three times 300 KB, and a line that is longer than what is read at a time. */
    @Test
    void anIndexOfManyChunksIsReadInTheOrderOfTheLinesThatCount() {
        for (int time = 0; time < 3; time++) {
            List<String> lines = new ArrayList<>();
            for (int i = time; i < 1000; i++) {
                lines.add(line(
                        "s" + i, "many", 8, 100 + time, time == 0 && i == 0 ? "\"" + "x".repeat(600_000) + "\"" : ""));
            }
            index.append(lines.iterator());
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            expected.add("s" + i);
        }

        assertThat(sessions("workload=many")).isEqualTo(expected);
        double[] watts = new ResultQuery(index.file(), Condition.parse("workload=many"))
                .groups(List.of("workload"), "metric.value")
                .get(List.of("many"));
        assertThat(watts).hasSize(1000).startsWith(100, 101, 102, 102).endsWith(102);
    }

    /** What a crash left is passed over, and the next line is one of its own. */
    @Test
    void aLineThatWasCutCostsItselfAlone() throws IOException {
        Files.write(
                index.file(),
                "{\"v\":1,\"session\":\"e\",\"work".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);
        assertThat(sessions("")).containsExactly("a", "b", "c", "d");

        index.append(List.of(line("f", "bert", 1, 20, "")).iterator());

        assertThat(sessions("")).containsExactly("a", "b", "c", "d", "f");
        ResultQuery query = new ResultQuery(index.file(), List.of());
        query.each(List.of("session"), row -> {});
        assertThat(query.damaged()).isEqualTo(1);
    }

    /** 30 MB, which several threads read: sections end within lines, and sessions have lines in several of them. */
    @Test
    void aLargeIndexIsReadInTheOrderOfTheLinesThatCount() throws IOException {
        String filler = "z".repeat(1000);
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            int number = i < 20_000 ? i : (i - 20_000) * 2; // every second one once more
            lines.add(line("s" + number, "w" + filler.substring(i % 997), 8, i, i % 100 == 0 ? "\"\u00e4\"" : ""));
        }
        for (int i = 1; i < 20_000; i += 2) {
            expected.add("s" + i);
        }
        for (int i = 20_000; i < 30_000; i++) {
            expected.add("s" + (i - 20_000) * 2);
        }
        lines.set(9_000, "{\"v\":1,\"session\":\"cut\",\"work");
        lines.set(9_001, "{\"v\":1,\"session\":\"wrong\",\"workload\"}");
        index.replace(lines.iterator());
        expected.remove("s9001");

        List<String> found = new ArrayList<>();
        ResultQuery query = new ResultQuery(index.file(), List.of());
        query.each(List.of("session"), row -> found.add(row[0]));

        assertThat(found).isEqualTo(expected);
        assertThat(query.damaged()).isEqualTo(2);
        assertThat(sessions("tags=\u00e4")).hasSize(100);
    }

    @Test
    void groupsOfTwoSetsOfConditionsComeFromOneReading() {
        List<Map<List<String>, double[]>> both = new ResultQuery(index.file(), Condition.parse("workload=bert"))
                .groupsBeside(Condition.parse("tags=baseline"), List.of("workload"), "metric.value");

        assertThat(both.get(0).get(List.of("bert"))).containsExactly(100.5, 99.5, 60);
        assertThat(both.get(1)).containsOnlyKeys(List.of("bert"));
        assertThat(both.get(1).get(List.of("bert"))).containsExactly(60);
        assertThatThrownBy(() -> new ResultQuery(index.file(), List.of())
                        .groupsBeside(Condition.parse("tgs=baseline"), List.of(), "metric.value"))
                .hasMessageContaining("did you mean 'tags'?");
    }

    /** The buffer's end lies within lines of all lengths. */
    @Test
    void linesMayLieAcrossTheBuffersEnd() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            lines.add(line("s" + i, "w" + "x".repeat(i % 301), i % 7, i, ""));
        }
        lines.add(line("long", "y".repeat(700_000), 1, 1, ""));
        index.replace(lines.iterator());

        assertThat(sessions("")).hasSize(3001).contains("s2999", "long");
        assertThat(sessions("gpus=6 metric.value>=2900")).hasSize(14).allMatch(name -> name.startsWith("s29"));
    }

    @Test
    void groupsAreInTheOrderOfNumbers() {
        Map<List<String>, double[]> groups =
                new ResultQuery(index.file(), List.of()).groups(List.of("gpus"), "metric.value");

        assertThat(groups.keySet()).containsExactly(List.of("4"), List.of("8"), List.of("10"));
        assertThat(groups.get(List.of("8"))).containsExactly(100.5, 99.5);
    }

    @Test
    void aKeyThatNoSessionHasIsASlipOfThePen() {
        assertThatThrownBy(() -> sessions("gpu=8"))
                .isInstanceOf(RecordsException.class)
                .hasMessageContaining("no session of " + index.file() + " has the key 'gpu'; did you mean 'gpus'?");
        assertThatThrownBy(() -> sessions("wrkload=bert")).hasMessageContaining("did you mean 'workload'?");
        assertThat(sessions("workload=gpt")).as("no such value").isEmpty();
    }

    @Test
    void theLastSessionsAreThoseAtTheEnd() {
        assertThat(new ResultQuery(index.file(), Condition.parse("workload=bert")).last(2, List.of("session", "sut")))
                .extracting(Arrays::asList)
                .containsExactly(Arrays.asList("b", null), Arrays.asList("c", null));
    }

    @Test
    void withoutAnIndexTheRemedyIsNamed() {
        assertThatThrownBy(() -> new ResultQuery(folder.resolve("none.jsonl"), List.of()).keys())
                .hasMessageContaining("there is no index");
    }
}
