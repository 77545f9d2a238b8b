package dev.wattline.report.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    @TempDir
    private Path folder;

    @Test
    void aPublishedSessionTellsItsInstrumentsItsRangesItsResultAndItsReadings() {
        Path session = SharedData.orSkip("corpus/v4.1/closed__NVIDIA__H200-SXM-141GBx8_TRT_MaxQ__resnet50__Offline");

        Setup setup = Setup.read(
                session,
                new SessionChecker(new CheckOptions(null, null, true))
                        .check(session)
                        .metric());

        assertThat(setup.groups()).extracting(Setup.Group::title).containsExactly("Analyzer", "Run and result");
        assertThat(facts(setup))
                .containsKeys("PTDaemon's name of it", "PTDaemon", "Machine of PTDaemon", "Device type")
                .containsKeys("Voltage range, testing", "Current range, testing", "Efficiency")
                .containsEntry("LoadGen, scenario", "Offline")
                .containsEntry("LoadGen, result", "VALID");
        assertThat(setup.groups())
                .flatExtracting(Setup.Group::rows)
                .allMatch(row -> row.size() == 3 && !row.get(1).isBlank());

        assertThat(setup.views()).extracting(PowerView::name).containsExactly("ranging", "testing");
        PowerView testing = setup.views().get(1);
        assertThat(testing.lines())
                .extracting(PowerView.Line::name)
                .startsWith("all channels", "channel 1", "channel 2");
        List<String> all = testing.lines().get(0).means();
        assertThat(Double.parseDouble(all.get(0))).isBetween(4930.0, 4980.0);
        assertThat(Double.parseDouble(all.get(3))).isBetween(0.5, 1.0);
        double channels = testing.lines().stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.means().get(0)))
                .sum();
        assertThat(channels).isBetween(4930.0, 4980.0);
        assertThat(testing.lines())
                .allSatisfy(line -> assertThat(line.overview()).hasSizeGreaterThan(60));
        assertThat(setup.views().get(0).lines().get(0).overview()).hasSizeGreaterThan(60);
    }

    @Test
    void whatTheMachineSaidOfItselfIsToldWithCardsThatAreSetAlikeInOneRow() throws IOException {
        Path session = copy(SharedData.orSkip("corpus/v1.1"));
        SystemFactsJson.write(
                new SessionFolder(session).systemFacts(),
                new SystemFacts(
                        null,
                        new SystemFacts.Host("node7", "ACME", "X-9000", "2.1"),
                        new SystemFacts.Software("Ubuntu 24.04", "Linux 6.8.0", "amd64", List.of("nosmt")),
                        new SystemFacts.Processor(
                                "Xeon",
                                2,
                                112,
                                112,
                                "performance on 112 CPUs",
                                "intel_pstate",
                                "",
                                "off",
                                "off",
                                List.of()),
                        549_755_813_888L,
                        null,
                        "550.54.15",
                        List.of(gpu(0, 310), gpu(1, 310), gpu(2, 350)),
                        "./run.sh --all",
                        List.of()));

        Map<String, String> facts = facts(Setup.read(session, null));

        assertThat(facts)
                .containsEntry("Host", "node7")
                .containsEntry("Machine", "ACME, X-9000")
                .containsEntry("Kernel", "Linux 6.8.0, amd64")
                .containsEntry("Sockets, cores, threads", "2, 112, 112")
                .containsEntry("CPU frequency governor", "performance on 112 CPUs")
                .containsEntry("Turbo", "off")
                .containsEntry("Memory", "512.0 GiB")
                .containsEntry("GPU driver", "550.54.15")
                .containsEntry("GPU 0, 1", "NVIDIA H100, power limit 310 W, greatest 350 W, persistence mode Enabled")
                .containsEntry("GPU 2", "NVIDIA H100, power limit 350 W, greatest 350 W, persistence mode Enabled")
                .containsEntry("Workload", "./run.sh --all");
    }

    @Test
    void eachAnalyzersOwnLogIsAView() throws IOException {
        Path session = copy(SharedData.orSkip("corpus/v1.1"));
        SessionFolder files = new SessionFolder(session);
        Files.createDirectories(files.analyzers());
        Path log = session.resolve("run_1/spl.txt");
        Files.copy(log, files.analyzers().resolve("run_1_analyzer_1.spl.txt"));
        assertThat(Setup.read(session, null).views())
                .as("one analyzer's log is the session's")
                .extracting(PowerView::name)
                .containsExactly("ranging", "testing");

        Files.copy(log, files.analyzers().resolve("run_1_analyzer_2.spl.txt"));
        assertThat(Setup.read(session, null).views())
                .extracting(PowerView::name)
                .containsExactly("ranging", "testing", "testing, analyzer 1", "testing, analyzer 2");
    }

    @Test
    void aFolderWithoutASessionSaysSo() {
        Setup setup = Setup.read(folder, null);

        assertThat(facts(setup)).containsExactly(Map.entry("further facts", "not readable, see the checks"));
        assertThat(setup.views()).isEmpty();
    }

    private static SystemFacts.Gpu gpu(int index, double limitW) {
        return new SystemFacts.Gpu(
                index, "GPU-" + index, "NVIDIA H100", "", null, limitW, null, 350.0, null, null, "Enabled", "", "");
    }

    private static Map<String, String> facts(Setup setup) {
        return setup.groups().stream()
                .flatMap(group -> group.rows().stream())
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1), (one, two) -> one + "; " + two));
    }

    /** The first session of a round. */
    private Path copy(Path round) throws IOException {
        Path target = folder.resolve("session");
        Path from;
        try (Stream<Path> sessions = Files.list(round)) {
            from = sessions.filter(session -> Files.exists(session.resolve("power/server.json")))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = target.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return target;
    }
}
