package dev.wattline.ledger.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyTest {
    private int line = 1;

    @Test
    void theExponentOfAPowerLawIsFoundWithItsInterval() {
        PowerLaw exact = PowerLaw.fit(
                        List.of(new PowerLaw.Point(1, 3), new PowerLaw.Point(2, 6), new PowerLaw.Point(4, 12)))
                .orElseThrow();
        assertThat(exact.exponent()).isCloseTo(1, within(1e-12));
        assertThat(exact.r2()).isCloseTo(1, within(1e-12));

        PowerLaw noisy = PowerLaw.fit(List.of(
                        new PowerLaw.Point(1, 631.4),
                        new PowerLaw.Point(2, 860.5),
                        new PowerLaw.Point(4, 1187.5),
                        new PowerLaw.Point(8, 1703.8)))
                .orElseThrow();
        assertThat(noisy.exponent()).isCloseTo(0.4761, within(1e-4));
        assertThat(noisy.low()).isBetween(0.40, 0.4761);
        assertThat(noisy.high()).isBetween(0.4761, 0.55);
        assertThat(PowerLaw.fit(List.of(new PowerLaw.Point(2, 1), new PowerLaw.Point(2, 3))))
                .isEmpty();
    }

    @Test
    void splitsOfOneCountAreOnePointAndThreeCountsMakeAGroup() {
        Scaling scaling = new Scaling(Scaling.Axis.ACCELERATORS);
        scaling.add(gpu("m", 1, 100, null));
        scaling.add(gpu("m", 2, 150, null));
        scaling.add(gpu("m", 2, 250, null));
        scaling.add(gpu("other", 2, 250, null));
        assertThat(scaling.groups()).isEmpty();

        scaling.add(gpu("m", 4, 400, null));

        assertThat(scaling.groups()).singleElement().satisfies(group -> {
            assertThat(group.points()).extracting(PowerLaw.Point::y).containsExactly(100.0, 200.0, 400.0);
            assertThat(group.power()).isNotNull();
            assertThat(group.plateauFrom()).isNull();
            assertThat(group.powerScope()).isEqualTo(Scope.GPU);
        });
    }

    @Test
    void aPlateauBeginsWherePowerStaysAt95PercentOfItsGreatest() {
        Scaling scaling = new Scaling(Scaling.Axis.BATCH);
        double[][] points = {{8, 486.4}, {32, 559.7}, {128, 669.2}, {512, 688.3}};
        for (double[] point : points) {
            scaling.add(gpu("m", 1, point[1], point[0]));
        }

        Scaling.Group group = scaling.groups().get(0);

        assertThat(group.plateauFrom()).isEqualTo(128);
        assertThat(group.plateauWatts()).isCloseTo(678.75, within(1e-9));
        assertThat(group.key()).containsEntry("accelerators", "1").doesNotContainKey("batch");
    }

    @Test
    void estimatedAndMissingValuesMakeNoPoint() {
        Scaling scaling = new Scaling(Scaling.Axis.ACCELERATORS);
        for (int count = 1; count <= 4; count++) {
            scaling.add(row(
                    "m", count, null, Measure.of("10", "W", Scope.MEMORY, "").with("ram", Basis.ESTIMATED)));
        }
        assertThat(scaling.groups()).isEmpty();
    }

    @Test
    void intervalsAtOneScopeAgreeOrDiffer() {
        Comparison comparison = new Comparison(List.of(Comparison.By.ACCELERATOR, Comparison.By.MODEL));
        for (int i = 0; i < 8; i++) {
            comparison.add(source(Kind.MLENERGY, "Llama-3.1-8B-Instruct", 600 + i));
            comparison.add(source(Kind.CODECARBON, "llama3.1-8b", 602 + i));
            comparison.add(source(Kind.MLENERGY, "b", 100 + i));
            comparison.add(source(Kind.CODECARBON, "b", 400 + i));
        }
        comparison.add(source(Kind.MLENERGY, "c", 100));
        comparison.add(source(Kind.CODECARBON, "c", 100));

        assertThat(comparison.groups(false))
                .extracting(group -> group.key().get("model"), Comparison.Group::verdict)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("llama3.1-8b", Comparison.Verdict.AGREE),
                        org.assertj.core.groups.Tuple.tuple("b", Comparison.Verdict.DIFFER),
                        org.assertj.core.groups.Tuple.tuple("c", Comparison.Verdict.CANNOT_SAY));
    }

    @Test
    void wallAndCardsAreNeverComparedButTellTheHostsShare() {
        Comparison comparison = new Comparison(List.of(Comparison.By.ACCELERATOR, Comparison.By.MODEL));
        comparison.add(source(Kind.MLENERGY, "m", 600));
        comparison.add(published("v4.1", "one", "4.1-1", "m", "8000.12345"));

        assertThat(comparison.groups(false)).isEmpty();
        assertThat(comparison.hostShares())
                .singleElement()
                .satisfies(share -> assertThat(share.share()).isCloseTo(1 - 600 / 1000.01543125, within(1e-9)));
    }

    @Test
    void oneRecordingFiledTwiceIsOneValueAndMakesNoInterval() {
        Comparison comparison = new Comparison(List.of(Comparison.By.ACCELERATOR, Comparison.By.MODEL));
        comparison.add(published("v4.0", "one", "4.0-1", "bert-99", "4000.5"));
        comparison.add(published("v4.0", "one", "4.0-1", "bert-99.9", "4000.5"));
        comparison.add(published("v4.1", "one", "4.1-1", "bert-99", "4100.5"));
        comparison.add(published("v4.1", "one", "4.1-1", "bert-99.9", "4100.5"));

        assertThat(comparison.groups(false)).singleElement().satisfies(group -> {
            assertThat(group.verdict()).isEqualTo(Comparison.Verdict.CANNOT_SAY);
            assertThat(group.voices()).extracting(Comparison.Voice::count).containsExactly(1, 1);
        });
    }

    @Test
    void ofTwoValuesApartNeitherIsBlamed() {
        List<VarianceComponents.Group> groups = new ArrayList<>();
        for (int g = 0; g < 9; g++) {
            double apart = g == 8 ? 2 : 1.01;
            groups.add(new VarianceComponents.Group(
                    "g" + g,
                    List.of(new VarianceComponents.Value("a", 100), new VarianceComponents.Value("b", 100 * apart))));
        }

        VarianceComponents found = VarianceComponents.of(groups).orElseThrow();

        assertThat(found.outliers()).isEmpty();
        assertThat(found.within()).isGreaterThan(0.1);
        // half the pairs' distance, widened for two values, times 1.4826
        assertThat(found.robustWithin()).isCloseTo(1.4826 * Math.log(1.01) / Math.sqrt(2), within(1e-4));
    }

    @Test
    void aBatchThatNobodyTellsCannotBeCompared() {
        Comparison comparison = new Comparison(List.of(Comparison.By.MODEL, Comparison.By.BATCH));
        for (int i = 0; i < 8; i++) {
            comparison.add(source(Kind.MLENERGY, "m", 600 + i));
            comparison.add(source(Kind.CODECARBON, "m", 602 + i));
        }
        assertThat(comparison.groups(false)).singleElement().satisfies(group -> {
            assertThat(group.verdict()).isEqualTo(Comparison.Verdict.CANNOT_SAY);
            assertThat(group.reason()).contains("batch");
        });
    }

    @Test
    void theMiddleOfValuesLiesBetweenTheirRanks() {
        List<Double> ten = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
        assertThat(Spread.of(ten)).contains(new Spread(2, 9)); // ranks 2 and 9 of ten: 97.9 %
        assertThat(Spread.of(ten.subList(0, 6))).contains(new Spread(1, 6));
        assertThat(Spread.of(List.of(5.0))).isEmpty();
        assertThat(Spread.of(List.of(10.0, 11.0)))
                .hasValueSatisfying(
                        spread -> assertThat(spread.high() / spread.low()).isGreaterThan(3));
    }

    @Test
    void componentsOfVarianceAreFoundAgainAndAnOutlierIsLeftOut() {
        List<VarianceComponents.Group> groups = new ArrayList<>();
        for (int g = 0; g < 6; g++) {
            double base = 100 * Math.exp(0.3 * (g - 2.5));
            List<VarianceComponents.Value> values = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                values.add(new VarianceComponents.Value("run " + i, base * Math.exp(0.01 * (i - 1.5))));
            }
            if (g == 3) {
                values.add(new VarianceComponents.Value("bad", 2 * base));
            }
            groups.add(new VarianceComponents.Group("g" + g, values));
        }

        VarianceComponents found = VarianceComponents.of(groups).orElseThrow();

        double within = 0.01 * Math.sqrt(5 / 3.0); // standard deviation of four evenly spaced values
        assertThat(found.within()).isCloseTo(within, within(1e-4));
        assertThat(found.withinLow()).isLessThan(within);
        assertThat(found.withinHigh()).isGreaterThan(within);
        assertThat(found.between()).isCloseTo(0.3 * Math.sqrt(3.5), within(1e-3));
        assertThat(found.outliers()).singleElement().satisfies(outlier -> {
            assertThat(outlier.group()).isEqualTo("g3");
            assertThat(outlier.name()).isEqualTo("bad");
        });
    }

    @Test
    void aPowerOverTheDesignPowerBelowIdleAndInAnotherUnitIsTold() {
        OddValues quality = new OddValues();
        quality.add(gpu("a", 1, 800, 1.0));
        quality.add(gpu("b", 2, 30, 1.0));
        for (int i = 0; i < 6; i++) {
            quality.add(gpu("c", 1, 300 + i, 1.0));
        }
        quality.add(gpu("c", 1, 0.302, 1.0));
        quality.add(gpu("c", 1, 420, 1.0));

        List<Finding> findings = quality.findings();

        assertThat(findings)
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("tdp-exceeded", "below-idle", "unit-suspect", "outlier");
        assertThat(findings.get(0).values()).containsEntry("rows", "2").containsEntry("first", "line 2; line 9");
    }

    @Test
    void aPowerThatIsTheSameInAllRowsIsAConstantOrAShare() {
        OddValues quality = new OddValues();
        for (int i = 1; i <= 12; i++) {
            double seconds = 3 * i;
            quality.add(energy("steady", Scope.CPU, seconds, 100 * seconds * (1 + 0.003 * (i % 3))));
            quality.add(energy("split", Scope.GPU, seconds, 77.7 * seconds));
            quality.add(energy("varies", Scope.CPU, seconds, 100 * seconds * (1 + 0.05 * (i % 5))));
        }

        assertThat(quality.findings())
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("constant-component", "apportioned-by-time");
    }

    @Test
    void copiesShiftedRowsAndKeysWithTwoValuesAreToldApart() {
        List<LedgerRow> rows = List.of(
                published("v4.1", "one", "4.1-1", "bert-99", "1021.359123"),
                published("v4.1", "one", "4.1-1", "bert-99.9", "1021.359123"),
                published("v4.1", "two", "4.1-2", "resnet", "2000.123456"),
                published("v4.1", "three", "4.1-3", "resnet", "2000.123456"),
                published("v4.1", "four", "4.1-4", "gptj", "300"),
                published("v4.1", "five", "4.1-4", "gptj", "400"));
        OddValues quality = new OddValues();
        rows.forEach(quality::look);
        rows.forEach(quality::add);

        assertThat(quality.findings())
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("duplicate-recording", "label-shift", "cross-join");
    }

    @Test
    void suppositionsAreAnsweredOnlyByPowersOfCards() {
        Hypotheses hypotheses = new Hypotheses();
        hypotheses.add(published("v4.1", "one", "4.1-1", "bert-99", "5000"));
        assertThat(hypotheses.verdicts())
                .extracting(Hypotheses.Verdict::answer)
                .containsOnly(Hypotheses.Answer.CANNOT_SAY);

        for (int i = 0; i < 10; i++) {
            hypotheses.add(gpu("m", 1, 350 + 10 * i, 1.0));
        }
        Hypotheses.Verdict design = hypotheses.verdicts().get(0);
        assertThat(design.answer()).isEqualTo(Hypotheses.Answer.HOLDS);
        assertThat(design.evidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.group()).isEqualTo("H100-SXM-80GB");
            assertThat(evidence.least()).isCloseTo(0.5, within(1e-12));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100-SXM-80GB, H100-SXM-80GB, 700",
        "H100, H100-SXM-80GB, 700",
        "NVIDIA H100-PCIe-80GB, H100-PCIe-80GB, 350",
        "H100-PCIe (TDP: 310W), H100-PCIe-80GB, 310",
        "500W A100-SXM-80GB, A100-SXM-80GB, 500",
        "NVIDIA A100-SXM4-40GB, A100-SXM-40GB, 400",
        "NVIDIA A100 PCIe 80GB, A100-PCIe-80GB, 300",
        "Tesla T4, T4, 70",
        "NVIDIA A2, A2, 60",
        "NVIDIA L40S, L40S, 350",
        "NVIDIA L4, L4, 72",
        "H200-SXM-141GB-CTS TGP 1000W, H200-SXM-141GB, 1000",
        "QUALCOMM Cloud AI 100 PCIe/HHHL Pro, QAIC100, 75",
        "NVIDIA RTX A5000, RTX-A5000, 230",
    })
    void anAcceleratorHasOneNameAndItsOwnDesignPower(String spelling, String name, double watts) {
        assertThat(Accelerators.name(spelling)).isEqualTo(name);
        assertThat(Accelerators.designWatts(spelling)).contains(watts);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "N/A", "-", "something new"})
    void whatIsNoKnownAcceleratorHasNoDesignPower(@Nullable String spelling) {
        assertThat(Accelerators.designWatts(spelling == null ? "" : spelling)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "llama2-70b-99.9, llama2-70b",
        "meta-llama/Llama-2-70b-chat-hf, llama2-70b",
        "meta-llama/Llama-3.1-70B-Instruct, llama3.1-70b",
        "llama3.1-8b-datacenter, llama3.1-8b",
        "bert-99, bert",
        "resnet, resnet50",
        "google/gemma-2-27b-it, gemma-2-27b",
    })
    void aModelsFamilyIsBehindItsNames(String name, String family) {
        assertThat(ModelFamily.of(name)).isEqualTo(family);
    }

    private LedgerRow gpu(String model, double count, double watts, @Nullable Double batch) {
        return row(
                model,
                count,
                batch,
                Measure.of(Double.toString(watts), "W", Scope.GPU, "").with("w", Basis.MEASURED));
    }

    private LedgerRow row(String model, double count, @Nullable Double batch, Measure... measures) {
        return imported(Kind.MLENERGY, model, count, batch, measures);
    }

    private LedgerRow source(Kind kind, String model, double watts) {
        return imported(
                kind,
                model,
                1,
                null,
                Measure.of(Double.toString(watts), "W", Scope.GPU, "").with("w", Basis.MEASURED));
    }

    private LedgerRow energy(String model, Scope scope, double seconds, double joules) {
        return imported(
                Kind.TABLE,
                model,
                1,
                null,
                Measure.of(Double.toString(seconds), "s", Scope.UNKNOWN, "").with("time", Basis.MEASURED),
                Measure.of(Double.toString(joules), "J", scope, "").with("energy", Basis.MEASURED));
    }

    private LedgerRow imported(Kind kind, String model, double count, @Nullable Double batch, Measure... measures) {
        Map<Setting, Double> numbers = new EnumMap<>(Setting.class);
        if (batch != null) {
            numbers.put(Setting.BATCH, batch);
        }
        return new LedgerRow(
                new LedgerRow.Origin(kind, "file", "line " + line++),
                new LedgerRow.Submission(Suite.OTHER, "", "", "", "", "", ""),
                new LedgerRow.Machine("", "", null, "", kind == Kind.TABLE ? "" : "H100", count),
                new LedgerRow.Task(model, "", "", ""),
                new LedgerRow.Settings("", "", "", numbers),
                List.of(measures),
                List.of());
    }

    private LedgerRow published(String round, String system, String id, String model, String watts) {
        String place = "line " + line++;
        return new LedgerRow(
                new LedgerRow.Origin(Kind.CLEANED, "table.csv", place),
                new LedgerRow.Submission(Suite.INFERENCE, round, "datacenter", "", id, "ACME", ""),
                new LedgerRow.Machine(system, "", 1.0, "", "NVIDIA H100-SXM-80GB", 8.0),
                new LedgerRow.Task(model, "", "Offline", ""),
                List.of(Measure.of(watts, "Watts", Scope.WALL, place)),
                List.of());
    }
}
