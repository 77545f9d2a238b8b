package dev.wattline.ledger.join;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattline.ledger.collect.Collector;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** All published tables against all raw results that lie beside this checkout. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedRowsTest {
    private static final RoundTree.Watcher SILENT = new RoundTree.Watcher() {
        @Override
        public void begin(int sessions) {}

        @Override
        public void step() {}
    };

    private List<VerifiedRow> verified = List.of();
    private List<Performances.Performance> performances = List.of();
    private List<Verification.Recording> recordings = List.of();

    @BeforeAll
    void verifyAll(@TempDir Path folder) throws IOException, InterruptedException {
        Path summary = folder.resolve("summary_results.json");
        assumeTrue(
                unpack(SharedData.orSkip("ledger/summary/v4.1.json.xz"), summary), "there is no program xz: skipped");
        List<LedgerRow> rows = new ArrayList<>();
        Collector collector = new Collector(new Collector.Selection(null, null, true), 2, SILENT, rows::add);
        collector.read(SharedData.orSkip("ledger/hpca"));
        collector.read(summary);
        Verification verification = new Verification();
        List<RoundTree> trees = List.of(
                RoundTree.read("v1.0", SharedData.orSkip("ledger/rounds/v1.0"), 2, SILENT),
                RoundTree.read("v1.1", SharedData.orSkip("ledger/rounds/v1.1"), 2, SILENT),
                RoundTree.read("v4.1", SharedData.orSkip("ledger/rounds/v4.1"), 2, SILENT),
                RoundTree.read("v1.0", SharedData.orSkip("ledger/tiny"), 2, SILENT),
                RoundTree.read("v4.0", SharedData.orSkip("ledger/training"), 2, SILENT));
        trees.forEach(verification::add);
        verified = verification.verify(rows);
        recordings = verification.copies();
        Performances published = new Performances(trees, verified);
        Collector all = new Collector(new Collector.Selection(null, null, false), 2, SILENT, published::add);
        all.read(SharedData.orSkip("ledger/hpca"));
        all.read(summary);
        performances = published.all();
    }

    private static boolean unpack(Path packed, Path to) throws IOException, InterruptedException {
        try {
            Process xz = new ProcessBuilder("xz", "-dc", packed.toString())
                    .redirectOutput(to.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return xz.waitFor() == 0;
        } catch (IOException e) {
            return Files.exists(to) && Files.size(to) > 0;
        }
    }

    @Test
    void everyPowerValueOfTheTablesHasAVerdict() {
        assertThat(verified).hasSize(596 + 789 + 140 + 24 + 31);
    }

    @Test
    void rowsOfTheSessionsHaveTheVerdictsThatWereWorkedOut() throws IOException {
        int rows = 0;
        try (CsvTable expected = CsvTable.open(SharedData.orSkip("ledger/expected/published-and-rederived.csv"))) {
            for (CsvTable.Row row = expected.next(); row != null; row = expected.next()) {
                rows++;
                VerifiedRow found = find(row);
                boolean equal = row.get("status").equals("equal");
                String what = row.get("id") + " " + row.get("model") + " " + row.get("scenario");
                assertThat(found.verdict())
                        .as(what)
                        .isEqualTo(equal ? PublishedVerdict.EQUAL : PublishedVerdict.WRONG_ROW);
                assertThat(found.rederived())
                        .as(what)
                        .isEqualTo(Double.parseDouble(row.get("rederived")), within(1e-9));
                assertThat(requireNonNull(found.own()).path()).as(what).isEqualTo(row.get("session"));
                assertThat(requireNonNull(found.own()).how().word()).as(what).isEqualTo(row.get("how"));
                assertThat(requireNonNull(found.own()).samples())
                        .as(what)
                        .isEqualTo(Long.parseLong(row.get("samples")));
                assertThat(found.rederived())
                        .as(what)
                        .isBetween(
                                requireNonNull(found.own()).low(),
                                requireNonNull(found.own()).high());
                for (String place : row.get("value_found_in").split(" \\| ")) {
                    String location = place.replaceFirst("/performance$", "");
                    assertThat(equal || found.valueFoundIn().stream().anyMatch(at -> at.startsWith(location)))
                            .as(what)
                            .isTrue();
                }
            }
        }
        assertThat(rows).isEqualTo(51);
    }

    private VerifiedRow find(CsvTable.Row expected) {
        boolean summary = expected.get("source").startsWith("summary");
        return verified.stream()
                .filter(row -> summary == row.row().origin().file().startsWith("summary"))
                .filter(row -> row.row().submission().id().equals(expected.get("id"))
                        && row.row().submission().round().equals(expected.get("round"))
                        && row.row().task().model().equals(expected.get("model"))
                        && row.row().task().scenario().equals(expected.get("scenario"))
                        && row.measure().value() == Double.parseDouble(expected.get("published")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void medianOfTinyIsThePublishedOneForEveryFolder() throws IOException {
        try (CsvTable expected = CsvTable.open(SharedData.orSkip("ledger/expected/tiny.csv"))) {
            for (CsvTable.Row row = expected.next(); row != null; row = expected.next()) {
                double published = Double.parseDouble(row.get("published_uJ"));
                String path = row.get("path");
                assertThat(verified)
                        .filteredOn(each -> each.measure().value() == published && each.own() != null)
                        .singleElement()
                        .satisfies(each -> {
                            assertThat(each.verdict()).isEqualTo(PublishedVerdict.EQUAL);
                            assertThat(requireNonNull(each.own()).path()).isEqualTo(path);
                        });
            }
        }
    }

    /** The organisation has two submissions with this chip, and only one of them lies here. */
    @Test
    void aFolderIsNotBlamedForAValueOfAnotherSubmissionWithTheSameChip() {
        assertThat(verified)
                .filteredOn(row -> row.row().submission().id().equals("1.0-9004"))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(PublishedVerdict.NO_SESSION));
    }

    @Test
    void energiesToTrainAreThePublishedOnesToTheDigitsPrinted() {
        assertThat(verified)
                .filteredOn(row -> row.row().submission().suite() == LedgerRow.Suite.TRAINING && row.own() != null)
                .extracting(VerifiedRow::verdict)
                .containsExactly(PublishedVerdict.ROUNDED, PublishedVerdict.ROUNDED, PublishedVerdict.ROUNDED);
    }

    @Test
    void fourRecordingsAreFiledUnderSeveralFolders() {
        Set<Set<String>> groups = new HashSet<>();
        for (VerifiedRow row : verified) {
            if (row.own() != null && !row.own().sameRecordingAs().isEmpty()) {
                Set<String> group = new HashSet<>(row.own().sameRecordingAs());
                group.add(row.own().path());
                groups.add(group);
            }
        }

        assertThat(groups).extracting(Set::size).containsExactlyInAnyOrder(2, 2, 2, 4);
    }

    @Test
    void recordingsAreToldWhetherPublishedOrNot() {
        assertThat(recordings)
                .extracting(recording ->
                        recording.round() + " " + recording.sessions().size())
                .containsExactly("v1.0 2", "v1.0 2", "v1.0 2", "v1.1 4");
    }

    /** The five power values on the wrong rows have company: the same labels were shifted for the performance. */
    @Test
    void performanceIsLoadgensOwnExceptWhereLabelsWereShifted() throws IOException {
        List<Performances.Performance> inference = performances.stream()
                .filter(each -> each.row().submission().suite() == LedgerRow.Suite.INFERENCE)
                .toList();

        assertThat(inference).hasSize(51);
        assertThat(inference)
                .filteredOn(each -> each.verdict() == PublishedVerdict.EQUAL)
                .hasSize(46);
        assertThat(inference)
                .filteredOn(each -> each.verdict().bad())
                .extracting(each -> each.verdict().word() + " "
                        + each.row().submission().id() + " " + each.row().task().model() + " "
                        + each.row().task().scenario())
                .containsExactlyInAnyOrder(
                        "wrong-row 4.1-0049 retinanet Offline",
                        "wrong-row 4.1-0049 resnet Offline",
                        "wrong-row 4.1-0049 resnet Server",
                        "differs 4.1-0066 resnet Offline",
                        "differs 4.1-0066 resnet Server");
        try (CsvTable expected = CsvTable.open(SharedData.orSkip("ledger/expected/published-and-rederived.csv"))) {
            for (CsvTable.Row row = expected.next(); row != null; row = expected.next()) {
                List<String> published = List.of(row.get("perf_published").split(";")); // of one name with two systems
                String session = row.get("session");
                if (row.get("status").equals("equal")) {
                    assertThat(inference)
                            .anyMatch(each -> each.session().equals(session)
                                    && published.contains(
                                            String.valueOf(each.measure().value()))
                                    && each.verdict() == PublishedVerdict.EQUAL);
                }
            }
        }
    }

    @Test
    void timesToTrainAreThoseOfTheLogs() {
        assertThat(performances)
                .filteredOn(each -> each.row().submission().suite() == LedgerRow.Suite.TRAINING)
                .extracting(Performances.Performance::verdict)
                .containsExactly(PublishedVerdict.ROUNDED, PublishedVerdict.ROUNDED, PublishedVerdict.ROUNDED);
    }

    @Test
    void linksInsteadOfNumbersAndRoundsWithoutTreesAreTold() {
        assertThat(verified)
                .filteredOn(row -> row.verdict() == PublishedVerdict.NO_NUMBER)
                .hasSize(38);
        assertThat(verified)
                .filteredOn(row -> row.row().submission().round().equals("v2.0"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(PublishedVerdict.ROUND_NOT_GIVEN));
    }
}
