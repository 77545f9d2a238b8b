package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every command that prints measurements, in every form, on real and made-up data: no number that is none reaches a person,
 * and none has more digits than its interval carries. The demo's output is looked at in {@code DemoIT}.
 */
@ResourceLock(Resources.SYSTEM_OUT)
class PrintedFiguresTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check {sessions} --html {out}/checks.html",
                "check {sessions} --json",
                "metric {sessions}",
                "metric {sessions} --json",
                "metric --tree {shared}/corpus",
                "metric --tree {shared}/corpus --json",
                "metric --tree {shared}/corpus --csv",
                "analyze --spl {shared}/gpu/merge_llm_avg1s/spl.txt --smi {shared}/gpu/merge_llm_avg1s/nvidia-smi.csv"
                        + " --out {out}",
                "analyze --spl {shared}/gpu/merge_phases_a100/spl.txt --smi"
                        + " {shared}/gpu/merge_phases_a100/nvidia-smi.csv --out {out}",
                "analyze --smi {shared}/gpu/merge_llm_avg1s/nvidia-smi.csv --json",
                "report --spl {shared}/gpu/merge_llm_avg1s/spl.txt --smi {shared}/gpu/merge_llm_avg1s/nvidia-smi.csv"
                        + " --out {out}/report.html",
                "report --spl {shared}/gpu/merge_phases_a100/spl.txt --smi"
                        + " {shared}/gpu/merge_phases_a100/nvidia-smi.csv --out {out}/report.html",
                "report --spl {shared}/gpu/merge_llm_avg1s/spl.txt --out {out}/report.html",
                "sensor --smi {shared}/gpu/update_period_V100/nvidia-smi.csv",
                "sensor --smi {shared}/gpu/A100_5050/nvidia-smi.csv --reference {shared}/gpu/A100_5050/pmd_power.csv",
                "sensor --smi {shared}/gpu/3090_step/nvidia-smi.csv --reference {shared}/gpu/3090_step/pmd_power.csv"
                        + " --json",
                "training {shared}/ledger/training",
                "training --runs {shared}/ledger/training",
                "training {shared}/ledger/training --json",
                "tiny {shared}/ledger/tiny",
                "tiny {shared}/ledger/tiny --json",
                "tiny --windows {shared}/ledger/tiny"
            })
    void aCommandPrintsFigures(String line) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ")) {
            if (word.equals("{sessions}")) {
                sessions().forEach(session -> words.add(session.toString()));
            } else {
                words.add(word.replace("{out}", folder.toString())
                        .replace("{shared}", SharedData.orSkip(".").toString()));
            }
        }

        Outcome outcome = CapturedStreams.run(words.toArray(String[]::new));

        assertThat(outcome.exitCode()).as(outcome.err()).isLessThan(2);
        assertFigures(line, outcome.out(), words.contains("--json"));
        assertThat(PrintedFigures.faults(outcome.err())).as(line).isEmpty();
        assertFiles();
    }

    @Test
    void aReportOfASessionPrintsFigures() throws IOException {
        for (Path session : sessions()) {
            Path html = folder.resolve(session.getFileName() + ".html");
            CapturedStreams.run("report", session.toString(), "--out", html.toString());
        }
        assertFiles();
    }

    @Test
    void theLedgersCommandsPrintFigures() throws IOException {
        Path shared = SharedData.orSkip("ledger");
        String ledger = folder.resolve("all.ledger").toString();
        CapturedStreams.run(
                "ledger",
                "collect",
                shared.resolve("hpca/data_cleaned_inference_edge.csv").toString(),
                shared.resolve("tiny").toString(),
                "--out",
                ledger);
        CapturedStreams.run(
                "ledger", "import", "mlenergy", shared.resolve("mlenergy").toString(), "--into", ledger);
        for (String line : List.of(
                "quality {l}",
                "variability {l}",
                "variability {d}/rounds/v1.1",
                "compare {l} --by accelerator,model",
                "scale {l} --x accelerators",
                "scale {l} --x batch",
                "sheet {d}/rounds/v4.1 --phases --out {o}/sheet.csv",
                "figures {d}/hpca --out {o}/figures")) {
            String words = line.replace("{l}", ledger)
                    .replace("{d}", shared.toString())
                    .replace("{o}", folder.toString());

            Outcome outcome = CapturedStreams.run(("ledger " + words).split(" "));

            assertThat(outcome.exitCode()).as(outcome.err()).isLessThan(2);
            assertFigures(line, outcome.out(), false);
        }
        Files.delete(Path.of(ledger));
        assertFiles();
    }

    /** Logs as people have them: short, stuck, with holes, of other makers, some without anything that could be told. */
    @Test
    void logsOfOtherKindsPrintFigures() throws IOException {
        Path telemetry = SharedData.orSkip("telemetry");
        List<Path> logs;
        try (Stream<Path> found = Files.list(telemetry)) {
            logs = found.filter(Files::isRegularFile)
                    .filter(log -> !log.getFileName().toString().startsWith("README"))
                    .sorted()
                    .toList();
        }
        for (Path log : logs) {
            for (String command : List.of("analyze", "report", "sensor")) {
                List<String> words = new ArrayList<>(List.of(command, "--smi", log.toString()));
                if (command.equals("analyze")) {
                    words.addAll(List.of("--out", folder.toString()));
                } else if (command.equals("report")) {
                    words.addAll(List.of("--out", folder.resolve("report.html").toString()));
                }

                Outcome outcome = CapturedStreams.run(words.toArray(String[]::new));

                String what = command + " " + log.getFileName();
                assertThat(outcome.exitCode()).as(what + outcome.err()).isLessThan(2);
                assertFigures(what, outcome.out(), false);
                assertThat(PrintedFigures.faults(outcome.err())).as(what).isEmpty();
            }
            assertFiles();
        }
    }

    /** So that the test itself can fail. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bias may be NaN %",
                "power ± – W",
                "lag – s",
                "7757.1 J (7500.3 to 8013.9 J)",
                "644.900 W (637.862 to 651.938)",
                "reads 5.41 % low, 95 % interval -8.1 to -2.6 %",
                "0.9530 ± 0.05",
                "energy 7500.3 … 8013.9 J",
                "644.03\t640.5 … 650.5\thigh"
            })
    void faultsAreSeen(String text) {
        assertThat(PrintedFigures.faults(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7757 J (7500 to 8014 J)",
                "644.9 W (637.9 to 651.9), Offline",
                "reads 5.4 % low, 95 % interval -8.1 to -2.6 %",
                "2026-11-29 07:56:39 to 07:56:54.6",
                "–",
                "0.9530 ± 0.0098"
            })
    void figuresPass(String text) {
        assertThat(PrintedFigures.faults(text)).isEmpty();
    }

    private static void assertFigures(String what, String text, boolean json) {
        if (json) {
            assertThat(text).as(what).doesNotContain("NaN", "Infinity");
            JsonMapper.shared().readTree(text);
        } else {
            assertThat(PrintedFigures.faults(text)).as(what).isEmpty();
        }
    }

    /** What the commands wrote. */
    private void assertFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                String text = Files.readString(file);
                if (file.startsWith(folder.resolve("figures"))) { // their captions have ranges of values, no intervals
                    assertThat(PrintedFigures.visible(text)).as(name).doesNotContain("NaN", "Infinity");
                } else {
                    assertFigures(
                            name, name.endsWith(".html") ? PrintedFigures.visible(text) : text, name.endsWith(".json"));
                }
            }
        }
    }

    private static List<Path> sessions() throws IOException {
        List<Path> sessions = new ArrayList<>();
        for (String group : Arrays.asList("corpus/modernised", "corpus/tampered", "corpus/v4.1", "cases")) {
            try (Stream<Path> found = Files.walk(SharedData.orSkip(group), 3)) {
                found.filter(one -> Files.isDirectory(one.resolve("power")))
                        .sorted()
                        .forEach(sessions::add);
            }
        }
        return sessions;
    }
}
