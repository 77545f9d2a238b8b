package dev.wattline.ledger.join;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.ledger.read.tree.ResultPlace;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts on rows against sessions that are made here. */
class VerificationTest {
    private static final String SYSTEM = "Machine (4x Card)";

    private final List<RoundTree.Session> sessions = new ArrayList<>(List.of(
            session("closed/ACME/results/m/bert-99/Offline", SYSTEM, 1000.123456789),
            session("closed/ACME/results/m/resnet50/Server", SYSTEM, 900),
            session("closed/ACME/results/m/rnnt/Offline", SYSTEM, 777.5),
            session("closed/OTHER/results/x/resnet50/Offline", "Another", 1234.5)));

    @ParameterizedTest
    @CsvSource({
        "BERT-99.0, Offline, 1000.123457, EQUAL",
        "BERT-99.0, Offline, 1000.1, ROUNDED",
        "BERT-99.0, Offline, 1000, ROUNDED",
        "RNN-T, Offline, 778, ROUNDED",
        "RNN-T, Offline, 776, DIFFERS",
        "BERT-99.0, Offline, '1,000.123457', EQUAL",
        "BERT-99.0, Offline, 1001, DIFFERS",
        "BERT-99.0, Offline, 1234.5, WRONG_ROW",
        "BERT-99.0, Offline, https://example.org/code, NO_NUMBER",
        "BERT, Offline, 1000.123456789, EQUAL", // v3.0 has both targets under one name
        "ResNet, Server, 900.0, EQUAL",
        "BERT-99.9, Offline, 1000.123456789, NO_SESSION", // a likely copy for the other target
        "BERT-99.9, Offline, 55.5, NO_SESSION",
        "DLRM-99.0, Offline, 900, WRONG_ROW",
    })
    void verdictFollowsFromTheSessions(String model, String scenario, String published, PublishedVerdict expected) {
        assertThat(verify(row(SYSTEM, "ACME", model, scenario, published)).verdict())
                .isEqualTo(expected);
    }

    @Test
    void aSystemThatIsSpeltOtherwiseIsFoundByItsExactValue() {
        VerifiedRow found = verify(row("Machine with cards", "ACME", "BERT-99.0", "Offline", "1000.123456789"));

        assertThat(found.verdict()).isEqualTo(PublishedVerdict.EQUAL);
        assertThat(requireNonNull(found.own()).how()).isEqualTo(VerifiedRow.How.VALUE);
    }

    @Test
    void theLocationOfARowGoesBeforeItsNames() {
        LedgerRow row = withLocation(
                row("Another", "OTHER", "resnet50", "Offline", "777.5"), "closed/ACME/results/m/rnnt/Offline");

        VerifiedRow found = verify(row);

        assertThat(found.verdict()).isEqualTo(PublishedVerdict.EQUAL);
        assertThat(requireNonNull(found.own()).how()).isEqualTo(VerifiedRow.How.LOCATION);
    }

    @Test
    void aSessionWithoutALogIsIncomplete() {
        sessions.add(new RoundTree.Session(
                place("closed/ACME/results/m/dlrm-99/Offline"),
                SYSTEM,
                "datacenter",
                PowerMetric.none("run_1/spl.txt: there is no file"),
                List.of("run_1/spl.txt")));

        VerifiedRow found = verify(row(SYSTEM, "ACME", "DLRM-99.0", "Offline", "5"));

        assertThat(found.verdict()).isEqualTo(PublishedVerdict.INCOMPLETE);
        assertThat(requireNonNull(found.own()).why()).contains("run_1/spl.txt");
    }

    @Test
    void energiesAreComparedInThePublishedUnit() {
        sessions.add(new RoundTree.Session(
                place("closed/ACME/results/m/resnet50/SingleStream"),
                SYSTEM,
                "edge",
                metric(20, 0.125, "J/query"),
                List.of()));

        VerifiedRow milli =
                verify(row(SYSTEM, "ACME", "ResNet", "Single Stream", "125.0", "System energy (mJ) per stream*"));
        VerifiedRow joule =
                verify(row(SYSTEM, "ACME", "ResNet", "Single Stream", "125.0", "System energy (J) per stream*"));

        assertThat(milli.verdict()).isEqualTo(PublishedVerdict.EQUAL);
        assertThat(milli.rederived()).isEqualTo(125.0);
        assertThat(joule.verdict()).isEqualTo(PublishedVerdict.DIFFERS);
        assertThat(joule.rederived()).isEqualTo(0.125);
    }

    @Test
    void anotherRoundOrSuiteHasNoTree() {
        LedgerRow row = row(SYSTEM, "ACME", "BERT-99.0", "Offline", "1");
        LedgerRow other = new LedgerRow(
                row.origin(),
                new LedgerRow.Submission(Suite.TINY, "v1.0", "", "", "1.0-1", "ACME", ""),
                row.machine(),
                row.task(),
                row.measures(),
                List.of());

        assertThat(verify(other).verdict()).isEqualTo(PublishedVerdict.ROUND_NOT_GIVEN);
    }

    @Test
    void theValueOfAnotherPublishedRowIsEvidenceOnlyIfThatRowIsSound() {
        LedgerRow wrong = row(SYSTEM, "ACME", "BERT-99.0", "Offline", "4321.5");
        LedgerRow alike = row(SYSTEM, "ACME", "ResNet", "Server", "4321.5");
        LedgerRow elsewhere = row("Not here", "ACME", "3D-UNet-99.0", "Offline", "4321.5");

        assertThat(verifyAll(List.of(wrong, alike)))
                .extracting(VerifiedRow::verdict)
                .containsExactly(PublishedVerdict.DIFFERS, PublishedVerdict.DIFFERS);
        assertThat(verifyAll(List.of(wrong, alike, elsewhere)))
                .extracting(VerifiedRow::verdict)
                .containsExactly(PublishedVerdict.WRONG_ROW, PublishedVerdict.WRONG_ROW, PublishedVerdict.NO_SESSION);
    }

    @Test
    void oneRecordingInTwoFoldersIsTold() {
        sessions.add(session("closed/ACME/results/m/bert-99.9/Offline", SYSTEM, 1000.123456789));

        VerifiedRow found = verify(row(SYSTEM, "ACME", "BERT-99.0", "Offline", "1000.123456789"));

        assertThat(requireNonNull(found.own()).sameRecordingAs())
                .containsExactly("closed/ACME/results/m/bert-99.9/Offline/performance");
    }

    private VerifiedRow verify(LedgerRow row) {
        return verifyAll(List.of(row)).get(0);
    }

    private List<VerifiedRow> verifyAll(List<LedgerRow> rows) {
        Verification verification = new Verification();
        verification.add(new RoundTree("v1.0", sessions, List.of(), List.of(), List.of()));
        return verification.verify(rows);
    }

    private static RoundTree.Session session(String folder, String system, double watts) {
        return new RoundTree.Session(place(folder), system, "datacenter", metric(watts, watts, "W"), List.of());
    }

    private static ResultPlace place(String folder) {
        return ResultPlace.of(Path.of("tree"), Path.of("tree").resolve(folder).resolve("performance"));
    }

    private static PowerMetric metric(double watts, double value, String unit) {
        return new PowerMetric(
                value, unit, "", watts, watts * 600, null, 600, List.of(), List.of(), List.of(), List.of());
    }

    private static LedgerRow row(String system, String organization, String model, String scenario, String published) {
        return row(system, organization, model, scenario, published, "System Power (W)");
    }

    private static LedgerRow row(
            String system, String organization, String model, String scenario, String published, String unit) {
        return new LedgerRow(
                new LedgerRow.Origin(Kind.CLEANED, "table.csv", "line 2"),
                new LedgerRow.Submission(Suite.INFERENCE, "v1.0", "", "", "1.0-1", organization, ""),
                new LedgerRow.Machine(system, "", 1.0, "", "", null),
                new LedgerRow.Task(model, "", scenario, ""),
                List.of(Measure.of(published, unit, Measure.Scope.WALL, "line 2")),
                List.of());
    }

    private static LedgerRow withLocation(LedgerRow row, String location) {
        return new LedgerRow(
                row.origin(),
                new LedgerRow.Submission(
                        Suite.INFERENCE,
                        "v1.0",
                        "",
                        "closed",
                        "1.0-1",
                        row.submission().submitter(),
                        location),
                row.machine(),
                row.task(),
                row.measures(),
                List.of());
    }
}
