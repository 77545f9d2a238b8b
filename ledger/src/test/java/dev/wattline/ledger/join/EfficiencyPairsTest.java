package dev.wattline.ledger.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.join.EfficiencyPairs.Kind;
import dev.wattline.ledger.join.Performances.Performance;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EfficiencyPairsTest {
    private final List<VerifiedRow> powers = new ArrayList<>();
    private final List<Performance> performances = new ArrayList<>();

    /** 1000 and 1002 W for the same work, each within 0.5 %; 1100 W is apart from both. */
    @Test
    void intervalsThatOverlapCannotBeToldApart() {
        result("v4.1", "a", "bert-99", 1000, List.of());
        result("v4.1", "b", "bert-99", 1002, List.of());
        result("v4.1", "c", "bert-99", 1100, List.of());

        EfficiencyPairs pairs = EfficiencyPairs.of(powers, performances);

        assertThat(pairs.counts()).containsEntry(Kind.SYSTEMS, 3);
        assertThat(pairs.within()).singleElement().satisfies(pair -> {
            assertThat(pair.one().system()).isEqualTo("a");
            assertThat(pair.other().system()).isEqualTo("b");
            assertThat(pair.difference()).isEqualTo(1000.0 / 1002 - 1, within(1e-12));
        });
    }

    @Test
    void targetsAndRoundsOfOneSystemAreComparedToo() {
        result("v4.1", "a", "bert-99", 1000, List.of());
        result("v4.1", "a", "bert-99.9", 1500, List.of());
        result("v4.0", "a", "bert-99", 1001, List.of());

        EfficiencyPairs pairs = EfficiencyPairs.of(powers, performances);

        assertThat(pairs.counts())
                .containsEntry(Kind.TARGETS, 1)
                .containsEntry(Kind.ROUNDS, 1)
                .containsEntry(Kind.SYSTEMS, 0);
        assertThat(pairs.within()).extracting(EfficiencyPairs.Pair::kind).containsExactly(Kind.ROUNDS);
    }

    @Test
    void oneRecordingFiledTwiceIsNoPair() {
        result("v4.1", "a", "bert-99", 1000, List.of("a/bert-99.9"));
        result("v4.1", "a", "bert-99.9", 1000, List.of("a/bert-99"));

        EfficiencyPairs pairs = EfficiencyPairs.of(powers, performances);

        assertThat(pairs.pairs()).isZero();
    }

    @Test
    void aPerformanceThatItsSessionDoesNotConfirmMakesNoEfficiency() {
        result("v4.1", "a", "bert-99", 1000, List.of());
        result("v4.1", "b", "bert-99", 1002, List.of());
        Performance last = performances.remove(1);
        performances.add(new Performance(
                last.row(),
                last.measure(),
                PublishedVerdict.DIFFERS,
                last.key(),
                last.rederived(),
                last.unit(),
                last.session(),
                List.of()));

        assertThat(EfficiencyPairs.of(powers, performances).pairs()).isZero();
    }

    private void result(String round, String system, String model, double watts, List<String> copies) {
        LedgerRow row = new LedgerRow(
                new LedgerRow.Origin(LedgerRow.Kind.SUMMARY_RESULTS, "summary_results.json", "/0"),
                new LedgerRow.Submission(LedgerRow.Suite.INFERENCE, round, "", "closed", "1", "ACME", ""),
                new LedgerRow.Machine(system, "", 1.0, "", "", null),
                new LedgerRow.Task(model, "", "Offline", ""),
                List.of(
                        Measure.of("5000", "Samples/s", Measure.Scope.UNKNOWN, "/0/Performance_Result"),
                        Measure.of(String.valueOf(watts), "Watts", Measure.Scope.WALL, "/0/Power_Result")),
                List.of());
        String session = system + "/" + model;
        powers.add(new VerifiedRow(
                row,
                row.measures().get(1),
                PublishedVerdict.EQUAL,
                watts,
                new VerifiedRow.Own(session, VerifiedRow.How.LOCATION, watts * 0.995, watts * 1.005, 600, copies, ""),
                List.of()));
        performances.add(new Performance(
                row,
                row.measures().get(0),
                PublishedVerdict.EQUAL,
                "result_samples_per_second",
                5000.0,
                "Samples/s",
                session,
                List.of()));
    }
}
