package dev.wattline.sut.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wattline.files.LoadgenLog;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.loadgen.LoadgenLogFinder.Found;
import dev.wattline.sut.output.ClientLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadgenLogFinderTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T04:50:00Z");
    private static final Instant END = Instant.parse("2026-11-22T04:51:00Z");

    @TempDir
    private Path folder;

    private final List<String> logged = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "04:50:00.001, 04:50:59.999, true",
        "04:50:00.000, 04:50:30.000, false",
        "04:50:10.000, 04:51:00.000, false",
        "04:49:59.999, 04:50:30.000, false",
        "05:50:10.000, 05:50:30.000, false"
    })
    void theWindowMustLieInsideTheRun(String begin, String end, boolean inside) throws IOException {
        write("a", begin, end, true);

        if (inside) {
            assertThat(find().folder()).isEqualTo(folder.resolve("a"));
        } else {
            assertThatThrownBy(this::find)
                    .isInstanceOf(SutException.class)
                    .hasMessageContaining(folder.resolve("a").toString())
                    .hasMessageContaining("T" + begin.substring(0, 8));
        }
    }

    @Test
    void searchesAllFoldersBelow() throws IOException {
        write("old", "03:50:10.000", "03:50:20.000", true);
        write("deep/er", "04:50:10.000", "04:50:20.000", true);

        assertThat(find().folder()).isEqualTo(folder.resolve("deep/er"));
        assertThat(logged).isEmpty();
    }

    @Test
    void prefersOfSeveralTheOneWithASummaryThatCoversMost() throws IOException {
        write("without", "04:50:01.000", "04:50:50.000", false);
        write("short", "04:50:10.000", "04:50:11.000", true);
        write("long", "04:50:10.000", "04:50:40.000", true);

        assertThat(find().folder()).isEqualTo(folder.resolve("long"));
        assertThat(logged).singleElement().asString().contains("3 LoadGen logs");
    }

    @Test
    void aLineThatIsTooLongToBeReadIsAFinding() throws IOException {
        write("a", "04:50:10.000", "04:50:20.000", true);
        Path detail = folder.resolve("a/mlperf_log_detail.txt");
        Files.writeString(detail, "x".repeat(LoadgenLog.MAX_LINE + 1) + "\n" + Files.readString(detail));

        assertThat(find().longLines()).isEqualTo(1);
        assertThat(findings).singleElement().asString().contains(detail.toString(), "4096");
    }

    @Test
    void aWindowThatMayBeHiddenInAnOverlongLineIsAFindingToo() throws IOException {
        Path detail = Files.createDirectories(folder.resolve("a")).resolve("mlperf_log_detail.txt");
        Files.writeString(
                detail,
                LoadgenLogs.detail("11-22-2026 04:50:10.000", "11-22-2026 04:50:20.000")
                        .replace("\n", " " + "x".repeat(LoadgenLog.MAX_LINE)));

        assertThatThrownBy(this::find).hasMessageContaining("found no finished mlperf_log_detail.txt");
        assertThat(findings).singleElement().asString().contains("no power_begin and power_end", "4096");
    }

    @Test
    void namesAMissingSummary() throws IOException {
        write("a", "04:50:10.000", "04:50:20.000", false);

        assertThatThrownBy(this::find)
                .isInstanceOf(SutException.class)
                .hasMessageContaining("there is no mlperf_log_summary.txt beside");
    }

    @Test
    void namesAnEmptyFolderAndAnAbsentOne() {
        assertThatThrownBy(this::find).hasMessageContaining("found no finished mlperf_log_detail.txt below");
        assertThatThrownBy(() -> finder(folder.resolve("absent")).find(BEGIN, END))
                .hasMessageContaining("is no folder");
    }

    @ParameterizedTest
    @CsvSource({"offline, 2026-11-22T04:50:13.020Z, 2026-11-22T04:50:47.735Z", "singlestream, , "})
    void findsTheLogsOfARealLoadgen(String scenario, Instant begin, Instant end) {
        Path logs = realLogs();
        Instant from = Instant.parse("2026-11-22T00:00:00Z");
        Instant to = Instant.parse("2026-11-23T00:00:00Z");

        Found found = finder(logs.resolve(scenario)).find(from, to);

        assertThat(found.folder()).isEqualTo(logs.resolve(scenario));
        if (begin != null) {
            assertThat(found.window().begin()).isEqualTo(begin);
            assertThat(found.window().end()).isEqualTo(end);
        }
    }

    private static Path realLogs() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path logs = at.resolve("shared/data/loadgen");
            if (Files.isDirectory(logs)) {
                return logs;
            }
            at = at.getParent();
        }
        return abort("there is no shared/data/loadgen beside the checkout");
    }

    private Found find() {
        return finder(folder).find(BEGIN, END);
    }

    private LoadgenLogFinder finder(Path where) {
        return new LoadgenLogFinder(
                where, new ClientLog(TimeSource.system(), ZoneOffset.UTC, logged::add), findings::add);
    }

    private void write(String name, String begin, String end, boolean summary) throws IOException {
        Path logs = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                logs.resolve("mlperf_log_detail.txt"), LoadgenLogs.detail("11-22-2026 " + begin, "11-22-2026 " + end));
        if (summary) {
            Files.createFile(logs.resolve("mlperf_log_summary.txt"));
        }
    }
}
