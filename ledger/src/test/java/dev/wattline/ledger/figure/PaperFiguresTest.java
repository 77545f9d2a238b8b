package dev.wattline.ledger.figure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.wattline.ledger.figure.FigureContent.Energies;
import dev.wattline.ledger.figure.FigureContent.Extremes;
import dev.wattline.ledger.figure.FigureContent.Group;
import dev.wattline.ledger.figure.FigureContent.Groups;
import dev.wattline.ledger.figure.FigureContent.Histogram;
import dev.wattline.ledger.figure.FigureContent.Point;
import dev.wattline.ledger.figure.FigureContent.Range;
import dev.wattline.ledger.figure.FigureContent.Series;
import dev.wattline.ledger.figure.FigureContent.Trend;
import dev.wattline.ledger.figure.FigureContent.Workload;
import dev.wattline.ledger.figure.FigureContent.Workloads;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.ledger.read.json.JsonFile;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's figures from its five tables, against values that were computed independently. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaperFiguresTest {
    private static final double DIGITS = 1e-7; // percent: 1e-9 as a fraction
    private static final RoundTree.Watcher SILENT = new RoundTree.Watcher() {
        @Override
        public void begin(int sessions) {}

        @Override
        public void step() {}
    };

    private FigureSources sources = new FigureSources();
    private Map<String, Object> expected = Map.of();

    @BeforeAll
    void read() throws IOException, InterruptedException {
        sources = FigureSources.read(SharedData.orSkip("ledger/hpca"));
        expected = JsonFile.object(SharedData.orSkip("ledger/expected/figures-as-published.json"));
        sources.add(RoundTree.read("v1.0", SharedData.orSkip("ledger/rounds/v1.0"), 2, SILENT));
        sources.add(RoundTree.read("v4.1", SharedData.orSkip("ledger/rounds/v4.1"), 2, SILENT));
        sources.add(RoundTree.read("v1.0", SharedData.orSkip("ledger/tiny"), 2, SILENT));
        sources.add(RoundTree.read("v4.0", SharedData.orSkip("ledger/training"), 2, SILENT));
    }

    private PaperFigure figure(String id) {
        return PaperFigures.compute(id, sources);
    }

    private static <C extends FigureContent> C content(@Nullable Side side, Class<C> kind) {
        return kind.cast(requireNonNull(side).content());
    }

    private static Point point(Trend trend, String model, String version) {
        return series(trend, model).points().stream()
                .filter(point -> point.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private static Series series(Trend trend, String name) {
        return trend.series().stream()
                .filter(series -> series.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5a", "5b", "5c"})
    void trendsAreThePublishedOnes(String id) {
        Trend trend = content(figure(id).published(), Trend.class);
        Map<?, ?> models = (Map<?, ?>) requireNonNull(expected.get(id));

        assertThat(trend.series()).extracting(Series::name).hasSameElementsAs(names(models));
        models.forEach((model, points) -> {
            List<Point> actual = series(trend, String.valueOf(model)).points();
            List<?> list = (List<?>) points;
            assertThat(actual).hasSameSizeAs(list);
            for (int i = 0; i < actual.size(); i++) {
                Map<?, ?> right = (Map<?, ?>) list.get(i);
                Point point = actual.get(i);
                assertThat(point.version()).isEqualTo(right.get("version"));
                assertThat(point.date()).isEqualTo(right.get("date"));
                assertThat(point.n()).as("%s %s", model, point.version()).isEqualTo(right.get("n"));
                assertThat(point.bestId()).isEqualTo(right.get("best_id"));
                assertThat(point.rawMax()).isCloseTo(number(right.get("raw_max")), withPercentage(DIGITS));
                assertThat(point.runningMax()).isCloseTo(number(right.get("running_max")), withPercentage(DIGITS));
                assertThat(point.normalized()).isCloseTo(number(right.get("normalized")), withPercentage(DIGITS));
            }
        });
    }

    private static List<String> names(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).toList();
    }

    private static double number(@Nullable Object value) {
        return ((Number) requireNonNull(value)).doubleValue();
    }

    @Test
    void extremesAreThePublishedOnes() {
        Extremes extremes = content(figure("2").published(), Extremes.class);
        Map<?, ?> scales = (Map<?, ?>) requireNonNull(expected.get("2"));

        assertThat(extremes.ranges()).extracting(Range::scale).hasSameElementsAs(names(scales));
        for (Range range : extremes.ranges()) {
            Map<?, ?> right = (Map<?, ?>) requireNonNull(scales.get(range.scale()));
            assertThat(range.n()).as(range.scale()).isEqualTo(right.get("n"));
            if (right.containsKey("dropped")) {
                assertThat(range.dropped()).isEqualTo(right.get("dropped"));
            }
            List<?> min = (List<?>) requireNonNull(right.get("min"));
            List<?> max = (List<?>) requireNonNull(right.get("max"));
            assertThat(range.min().watts()).isCloseTo(number(min.get(0)), withPercentage(DIGITS));
            assertThat(range.max().watts()).isCloseTo(number(max.get(0)), withPercentage(DIGITS));
            assertThat(List.of(range.min().id(), range.max().id())).isEqualTo(List.of(min.get(1), max.get(1)));
        }
        assertThat(extremes.ranges().get(2).plottedMax()).isEqualTo(6280.2);
    }

    @Test
    void theStrictDatacenterEndsAtItsGreatestOfflineValue() {
        Extremes strict = content(figure("2").strict(), Extremes.class);
        Range datacenter = strict.ranges().get(2);

        assertThat(datacenter.max().watts()).isCloseTo(6154.803549383, withPercentage(DIGITS));
        assertThat(datacenter.plottedMax()).isEqualTo(datacenter.max().watts());
    }

    @Test
    void theHistogramOfTargetsIsThePublishedOne() {
        Histogram histogram = content(figure("8").published(), Histogram.class);
        Map<?, ?> right = (Map<?, ?>) requireNonNull(expected.get("8"));

        assertThat(histogram.changes()).hasSize(38);
        assertThat(histogram.counts()).isEqualTo(right.get("counts"));
        List<?> edges = (List<?>) requireNonNull(right.get("edges"));
        for (int i = 0; i < edges.size(); i++) {
            assertThat(histogram.edges().get(i)).isCloseTo(number(edges.get(i)), withPercentage(DIGITS));
        }
        assertThat(histogram.statistics().mean()).isCloseTo(number(right.get("mean")), withPercentage(DIGITS));
        assertThat(histogram.statistics().median()).isCloseTo(number(right.get("median")), withPercentage(DIGITS));
    }

    @Test
    void strictlyTheHistogramOfTargetsHasSevenValues() {
        Histogram strict = content(figure("8").strict(), Histogram.class);

        assertThat(strict.changes().stream()
                        .map(change -> Math.round(10 * change.percent()) / 10.0)
                        .sorted())
                .containsExactly(17.1, 17.7, 18.2, 25.3, 95.6, 98.4, 99.2);
    }

    @Test
    void theHistogramOfSoftwareIsThePublishedOne() {
        ChangeStatistics published =
                content(figure("10").published(), Histogram.class).statistics();

        assertThat(published.n()).isEqualTo(109);
        assertThat(published.mean()).isCloseTo(23.389, within(5e-4));
        assertThat(published.median()).isCloseTo(6.150, within(5e-4));
        assertThat(published.min()).isCloseTo(-5.97, within(5e-3));
        assertThat(published.max()).isCloseTo(124.3, within(5e-2));
        assertThat(published.negative()).isEqualTo(12);
        assertThat(published.shareAbove50Percent()).isCloseTo(18.35, within(5e-3));
        assertThat(requireNonNull(figure("10").published()).dropped()).hasSize(16);
    }

    @Test
    void strictlySoftwareChangesHalfAsMuch() {
        ChangeStatistics strict =
                content(figure("10").strict(), Histogram.class).statistics();

        assertThat(strict.n()).isEqualTo(80);
        assertThat(strict.median()).isCloseTo(3.65, within(5e-3));
        assertThat(strict.mean()).isCloseTo(6.86, within(5e-3));
        assertThat(strict.min()).isCloseTo(-3.43, within(5e-3));
        assertThat(strict.max()).isCloseTo(120.3, within(5e-2));
        assertThat(strict.negative()).isEqualTo(13);
        assertThat(requireNonNull(figure("10").strict()).dropped()).hasSize(4);
    }

    @Test
    void strictTrendsHaveTheTruePairsOfOneUnit() {
        Trend strict = content(figure("5a").strict(), Trend.class);

        assertThat(point(strict, "ResNet", "v4.1").rawMax()).isCloseTo(327.47, within(5e-3));
        assertThat(point(strict, "ResNet", "v4.1").normalized()).isCloseTo(1.8388, within(5e-5));
        assertThat(point(strict, "DLRM-v2-99.0", "v4.1").rawMax()).isCloseTo(83.989, within(5e-4));
        assertThat(point(strict, "DLRM-v2-99.0", "v4.1").normalized()).isCloseTo(1.5296, within(5e-5));
        assertThat(point(strict, "BERT-99.0", "v3.0").rawMax()).isCloseTo(13.072706869781317, withPercentage(DIGITS));
        assertThat(series(strict, "GPTJ-99.0").points())
                .extracting(Point::version)
                .doesNotContain("v4.1");
        assertThat(content(figure("5b").strict(), Trend.class))
                .satisfies(edge -> assertThat(point(edge, "BERT-99.0", "v3.0").normalized())
                        .isCloseTo(
                                point(content(figure("5b").published(), Trend.class), "BERT-99.0", "v3.0")
                                        .normalized(),
                                withPercentage(DIGITS)));
    }

    @Test
    void rawLogsGiveTheValuesOfTheTables() {
        Trend logs = content(figure("5a").logs(), Trend.class);
        Trend tables = content(figure("5a").strict(), Trend.class);

        assertThat(point(logs, "ResNet", "v4.1").rawMax())
                .isCloseTo(point(tables, "ResNet", "v4.1").rawMax(), withPercentage(1e-4));
        assertThat(point(logs, "BERT-99.0", "v1.0").rawMax())
                .isCloseTo(point(tables, "BERT-99.0", "v1.0").rawMax(), withPercentage(1e-4));
    }

    @Test
    void singleSubmissionsAreLookedUp() {
        Workloads plotted = content(figure("7").published(), Workloads.class);
        Workloads strict = content(figure("7").strict(), Workloads.class);

        assertThat(plotted.workloads()).hasSize(13);
        assertThat(joules(plotted, "3D UNet-99.9")).isCloseTo(110.4422926, withPercentage(DIGITS));
        assertThat(joules(plotted, "Llama2-99.9")).isCloseTo(0.3815189837 * 292, withPercentage(DIGITS));
        assertThat(joules(plotted, "ResNet Tiny")).isCloseTo(27.17e-6, withPercentage(DIGITS));
        assertThat(joules(strict, "Llama2-99.9")).isCloseTo(97.904, within(5e-4));
        assertThat(joules(strict, "ResNet Tiny")).isCloseTo(27.711e-6, withPercentage(DIGITS));
        assertThat(values(figure("9").published(), "BERT-99.9"))
                .containsExactly(0.495, 0.489, 0.483, 0.504, 0.798, 0.854);
        assertThat(values(figure("9").strict(), "BERT-99.9").stream().map(value -> Math.round(1e4 * value) / 1e4))
                .containsExactly(0.4635, 0.4903, 0.4874, 0.4699, 0.8499, 0.8540);
        List<Double> efficiency = values(figure("11a").published(), "efficiency");
        assertThat(efficiency.get(1)).isCloseTo(1.097595568, withPercentage(DIGITS));
        assertThat(efficiency.get(2)).isCloseTo(1.136507966, withPercentage(DIGITS));
        assertThat(efficiency.get(3)).isCloseTo(1.277909616, withPercentage(DIGITS));
    }

    private static double joules(Workloads workloads, String name) {
        return workloads.workloads().stream()
                .filter(workload -> workload.name().equals(name))
                .mapToDouble(Workload::joulesPerSample)
                .findFirst()
                .orElseThrow();
    }

    private static List<Double> values(@Nullable Side side, String name) {
        return content(side, Groups.class).groups().stream()
                .map(Group::values)
                .map(values -> values.get(name))
                .toList();
    }

    @Test
    void trainingWithinTheRunNeedsLessThanPublished() {
        Energies window = content(figure("6").strict(), Energies.class);

        assertThat(window.sizes().get(0).accelerators()).isEqualTo(8);
        assertThat(window.sizes().get(0).computeMJ()).isCloseTo(11.740, within(5e-4));
        assertThat(window.sizes().get(0).minutes()).isCloseTo(28.132, within(5e-4));
    }

    @Test
    void everyDifferenceHasACause() {
        for (String id : PaperFigures.ids()) {
            assertThat(figure(id).differences()).allSatisfy(difference -> {
                assertThat(difference.why()).isNotBlank();
                assertThat(difference.published() == null && difference.strict() == null)
                        .isFalse();
            });
        }
    }
}
