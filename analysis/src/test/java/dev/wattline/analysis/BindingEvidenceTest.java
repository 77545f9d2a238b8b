package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What contradicts a reading widens its interval or refuses it: A100s polled once a second through 70 s of idle, 60 s of
 * warm-up and 180 s of load.
 */
class BindingEvidenceTest {
    private static final Instant START = Instant.parse("2024-07-17T09:44:00Z");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int IDLE_S = 70;
    private static final int WARM_S = 130;
    private static final int END_S = 310;
    private static final int ALL_S = 370;
    private static final int STEP_S = 18;
    private static final double TRUE_W = 250;
    private static final double SUPPLY = 0.93;

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(7);

    /** Power of one card at the middle of a second, and what its register shows of it. */
    private static double truth(int second) {
        return second < IDLE_S || second >= END_S ? 70 : second < WARM_S ? 300 : TRUE_W;
    }

    private double noisy(double watts) {
        return watts * (1 + 0.01 * (random.nextDouble() - 0.5));
    }

    private SamplingError analyze(String extraHeader, String extraCell, IntToDoubleFunction... cards)
            throws IOException {
        StringBuilder spl = new StringBuilder();
        for (int i = 1; i <= ALL_S; i++) {
            double watts = 300 + cards.length * truth(i - 1) / SUPPLY;
            spl.append(SplRow.format(new PowerSample(
                            START.plusSeconds(i), new Reading(watts, 230, 5, 0.96), "test_testing", List.of())))
                    .append('\n');
        }
        StringBuilder smi = new StringBuilder("timestamp, uuid, name, power.draw [W]" + extraHeader + "\n");
        for (int i = 1; i < ALL_S; i++) {
            for (int g = 0; g < cards.length; g++) {
                double watts = cards[g].applyAsDouble(i - 1);
                if (!Double.isNaN(watts)) {
                    smi.append(String.format(
                            Locale.ROOT,
                            "%s, GPU-%d, NVIDIA A100-SXM4-80GB, %.2f W%s%n",
                            STAMP.format(START.plusMillis(1000L * i - 450)),
                            g,
                            watts,
                            extraCell));
                }
            }
        }
        return SessionAnalyzer.analyze(AnalysisRequest.of(
                                Files.writeString(folder.resolve("spl.txt"), spl),
                                Files.writeString(folder.resolve("nvidia-smi.csv"), smi))
                        .withZone(ZoneId.of("UTC"))
                        .withPhases(List.of(
                                phase("idle", 0, IDLE_S),
                                phase("warm-up", IDLE_S, WARM_S),
                                phase("steady", WARM_S, END_S),
                                phase("from warm-up to load", WARM_S - STEP_S, WARM_S + STEP_S))))
                .summary();
    }

    private static GivenPhase phase(String name, int fromS, int toS) {
        return new GivenPhase(
                name,
                START.plusSeconds(fromS).toEpochMilli(),
                START.plusSeconds(toS).toEpochMilli());
    }

    private static PhaseResult steady(SamplingError found) {
        return found.phases().stream()
                .filter(phase -> phase.name().equals("steady"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLoadInStepWithTheSensorIsHeldByTheWallAndToldFirst() throws IOException {
        SamplingError found =
                analyze("", "", second -> noisy(second >= WARM_S && second < END_S ? 390 : truth(second)));

        double trueJ = TRUE_W * (END_S - WARM_S);
        assertThat(found.error().contradiction()).isNotEmpty();
        assertThat(found.error().estimateCi95J().contains(trueJ)).isTrue();
        GpuPhase sum = Objects.requireNonNull(steady(found).gpu());
        assertThat(sum.status()).isEqualTo("widened");
        assertThat(sum.ci95J().contains(trueJ)).isTrue();
        assertThat(found.gpus().get(0).phases().get(2).ci95J().contains(trueJ)).isTrue();
        assertThat(found.profile())
                .filteredOn(row -> row.quantity().equals("steady: GPU power"))
                .singleElement()
                .satisfies(row -> assertThat(row.bounds().contains(TRUE_W)).isTrue());
        assertThat(AnalysisText.lines(found).get(1)).startsWith("Contradicted: ");
    }

    @Test
    void readingsThatTheWallConfirmsKeepTheirInterval() throws IOException {
        SamplingError found = analyze("", "", second -> noisy(truth(second)), second -> noisy(truth(second)));

        assertThat(found.error().contradiction()).isEmpty();
        assertThat(Objects.requireNonNull(steady(found).gpu()).status()).isEqualTo("ok");
        assertThat(found.gpus()).extracting(gpu -> gpu.phases().get(3).status()).containsOnly("ok");
    }

    @Test
    void cardsThatReadUnlikeInOnePhaseAloneHaveNoFigureThere() throws IOException {
        double[] levels = {120, 160, 380, 390};
        IntToDoubleFunction[] cards = new IntToDoubleFunction[levels.length];
        for (int g = 0; g < levels.length; g++) {
            double level = levels[g];
            cards[g] = second -> noisy(second >= WARM_S && second < END_S ? level : truth(second));
        }

        SamplingError found = analyze("", "", cards);

        assertThat(found.gpus()).extracting(gpu -> gpu.phases().get(2).status()).containsOnly("aliased");
        assertThat(found.gpus()).noneMatch(gpu -> gpu.phases().get(1).status().equals("aliased"));
        assertThat(Objects.requireNonNull(steady(found).gpu()).ci95J().contains(4 * TRUE_W * (END_S - WARM_S)))
                .isTrue();
    }

    @Test
    void cardsThatReadUnlikeInAPartOfAPhaseMayHaveDrawnWhatAllDidOnAverage() throws IOException {
        double[] levels = {200, 225, 275, 300};
        IntToDoubleFunction[] cards = new IntToDoubleFunction[levels.length];
        for (int g = 0; g < levels.length; g++) {
            double level = levels[g];
            cards[g] = second -> noisy(second >= WARM_S && second < END_S ? level : truth(second));
        }

        SamplingError found = analyze("", "", cards);

        double trueJ = (truth(WARM_S - 1) + TRUE_W) * STEP_S;
        assertThat(found.gpus()).extracting(gpu -> gpu.phases().get(3).status()).containsOnly("widened");
        assertThat(found.gpus()).allMatch(gpu -> gpu.phases().get(3).ci95J().contains(trueJ));
        assertThat(found.gpus()).extracting(gpu -> gpu.phases().get(1).status()).containsOnly("ok");
    }

    @Test
    void aCardThatReadsARiseWhereTheWallFallsHasNoFigureInAShortPhase() throws IOException {
        SamplingError found =
                analyze("", "", second -> noisy(second >= WARM_S && second < END_S ? 390 : truth(second)));

        assertThat(found.gpus().get(0).phases().get(3).status()).isEqualTo("aliased");
    }

    @Test
    void aCardThatFreezesPartWayLeavesAHole() throws IOException {
        int frozenS = 180;
        SamplingError found = analyze(
                "", "", second -> noisy(truth(second)), second -> second >= frozenS ? 391.27 : noisy(truth(second)));

        assertThat(found.warnings()).anyMatch(warning -> warning.contains("GPU-1") && warning.contains("frozen"));
        // It is frozen for 130 of the 180 s: no figure, and none for the sum.
        assertThat(found.gpus().get(1).phases().get(2).status()).isEqualTo("invalid");
        assertThat(found.gpus().get(0).phases().get(2).status()).isEqualTo("ok");
        assertThat(found.error().pct()).isNaN();
    }

    @Test
    void cardsWithoutACommonTimeGiveNoSlopeAndNoCrash() throws IOException {
        SamplingError found = analyze(
                "",
                "",
                second -> second < 150 ? noisy(truth(second)) : Double.NaN,
                second -> second >= 160 ? noisy(truth(second)) : Double.NaN);

        assertThat(Objects.requireNonNull(found.wall()).slope()).isNaN();
        assertThat(found.wall().reason()).isNotEmpty();
    }

    @Test
    void thePowerLimitBoundsWhatAHoleMayHide() throws IOException {
        IntToDoubleFunction endsEarly = second -> second >= 250 ? Double.NaN : noisy(truth(second));

        double known = Objects.requireNonNull(steady(analyze(", power.limit [W]", ", 500.00 W", endsEarly))
                        .gpu())
                .relHalfWidthPct();
        double unknown =
                Objects.requireNonNull(steady(analyze("", "", endsEarly)).gpu()).relHalfWidthPct();

        assertThat(unknown).isPositive();
        assertThat(known).isGreaterThan(1.2 * unknown);
    }
}
