package dev.wattline.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulated run from its files to the statement: everything a clean clone can check without real data. */
class SessionAnalyzerTest {
    @TempDir
    private Path folder;

    private static CardCalibrations calibrated() {
        Calibration card =
                new Calibration(SimulatedRun.GAIN, 0.005 * SimulatedRun.GAIN, SimulatedRun.OFFSET_W, 1, false);
        return new CardCalibrations(
                "known",
                true,
                List.of(new CardCalibrations.Entry(null, null, null, null, card, Double.NaN, Double.NaN, 0)));
    }

    private static SamplingError analyze(SimulatedRun run, CardCalibrations cards, boolean given) {
        AnalysisRequest request = AnalysisRequest.of(run.spl(), run.smi()).withCalibrations(cards);
        return SessionAnalyzer.analyze(
                        given
                                ? request.withPhases(
                                        List.of(new AnalysisRequest.GivenPhase("steady", run.startMs(), run.endMs())))
                                : request)
                .summary();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void theTrueEnergyAndErrorLieInTheirIntervals(long seed) throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, seed);

        SamplingError found = analyze(run, calibrated(), true);

        assertThat(found.clock().tzOffsetMin()).isEqualTo(120);
        assertThat(found.clock().lagS()).isCloseTo(SimulatedRun.LAG_S, within(0.15));
        assertThat(found.clock().lagCi95S().contains(SimulatedRun.LAG_S)).isTrue();
        ErrorResult error = found.error();
        assertThat(error.estimateCi95J().contains(run.trueJ())).isTrue();
        double truePct = 100 * (error.reportedJ() / run.trueJ() - 1);
        assertThat(error.ci95Pct().contains(truePct)).isTrue();
        assertThat(error.pct()).isCloseTo(truePct, within(0.5));
        assertThat(error.timingPct() + error.gainPct() + error.offsetPct()).isCloseTo(error.pct(), within(1e-6));
        assertThat(error.reference()).isEqualTo("calibration");
        assertThat(error.because()).contains("gain");
    }

    @Test
    void theLoadIsFoundWithoutBeingGiven() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 5);

        SamplingError found = analyze(run, CardCalibrations.NONE, false);

        assertThat(found.phases()).extracting(PhaseResult::name).containsExactly("idle", "steady", "idle");
        assertThat(found.windowSource()).isEqualTo("detected");
        assertThat(Objects.requireNonNull(found.windowStart()).toEpochMilli()).isCloseTo(run.startMs(), within(1001L));
        assertThat(Objects.requireNonNull(found.windowEnd()).toEpochMilli()).isCloseTo(run.endMs(), within(1001L));
        assertThat(found.error().reference()).isEqualTo("prior");
        assertThat(found.error().estimateCi95J().contains(run.trueJ())).isTrue();
    }

    @Test
    void theAverageFieldNeedsNoCardNameForItsWindow() throws IOException {
        SamplingError found = analyze(SimulatedRun.write(folder, 6), calibrated(), true);

        assertThat(found.gpus()).hasSize(2);
        var sensor = found.gpus().get(0).sensor();
        assertThat(sensor.source()).isEqualTo("table");
        assertThat(sensor.windowMs()).isEqualTo(1000);
        assertThat(sensor.coverage()).isEqualTo(1);
        assertThat(found.alias().status()).isEqualTo("none");
    }

    /** The cards read 5 % low; the calibration, of other cards, says 20 % high. */
    @Test
    void aSlopeThatContradictsTheGainWidensTheIntervalAndIsToldFirst() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 12);
        CardCalibrations others = new CardCalibrations(
                "others",
                true,
                List.of(new CardCalibrations.Entry(
                        null,
                        null,
                        null,
                        null,
                        new Calibration(1.2, 0.006, SimulatedRun.OFFSET_W, 1, false),
                        Double.NaN,
                        Double.NaN,
                        0)));

        ErrorResult error = analyze(run, others, true).error();

        double truePct = 100 * (error.reportedJ() / run.trueJ() - 1);
        assertThat(error.estimateCi95J().contains(run.trueJ())).isTrue();
        assertThat(error.ci95Pct().contains(truePct)).isTrue();
        assertThat(error.contradiction()).startsWith("the slope of wall power contradicts the gain of the cards");
    }

    @Test
    void anIntervalThatHoldsZeroIsNoErrorFound() throws IOException {
        ErrorResult error = analyze(SimulatedRun.write(folder, 13), new CardCalibrations("", false, List.of()), true)
                .error();

        assertThat(error.ci95Pct().contains(0)).isTrue();
        assertThat(AnalysisText.headline(error))
                .startsWith("nvidia-smi: no significant error found, at most ")
                .doesNotContain("reads");
    }

    @Test
    void theWallSlopeIsThatOfTheSupplyOverTheGain() throws IOException {
        SamplingError found = analyze(SimulatedRun.write(folder, 8), calibrated(), true);

        var wall = Objects.requireNonNull(found.wall());
        assertThat(wall.slope()).isCloseTo(1 / (0.94 * SimulatedRun.GAIN), within(0.02));
        assertThat(wall.shareIsUpperBound()).isTrue();
        assertThat(wall.gpuCorrelatedSharePct()).isBetween(50.0, 90.0);
    }

    @Test
    void aLineThatLeavesLessThanNothingForTheRestGivesNoShare() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 8);
        List<String> lower = new ArrayList<>();
        for (String line : Files.readAllLines(run.spl())) {
            PowerSample sample = SplRow.parse(line);
            Reading less = new Reading(sample.reading().decodedWatts() - 290, 230, 5, 0.96); // the base is 250 W
            lower.add(SplRow.format(new PowerSample(sample.at(), less, "simulated", List.of())));
        }
        Files.write(run.spl(), lower);

        SamplingError found = analyze(run, calibrated(), true);

        var wall = Objects.requireNonNull(found.wall());
        assertThat(wall.interceptW()).isNegative();
        assertThat(wall.gpuCorrelatedSharePct()).isNaN();
        assertThat(wall.gpuCorrelatedJ()).isNaN();
        assertThat(wall.reason()).contains("the line leaves -");
        assertThat(found.error().shareJ()).isNaN();
        assertThat(found.error().againstSharePct()).isNaN();
        assertThat(found.profile()).noneMatch(row -> row.quantity().contains("without GPUs"));
        assertThat(String.join("\n", AnalysisText.lines(found)))
                .contains(wall.reason())
                .doesNotContain("NaN");
    }

    @Test
    void slowerPollsThanTheLogsAreThinnedAndFasterOnesPredicted() throws IOException {
        SamplingError found = analyze(SimulatedRun.write(folder, 9), calibrated(), true);

        assertThat(found.subsampling())
                .filteredOn(row -> row.rateHz() == 0.2)
                .singleElement()
                .satisfies(row -> assertThat(row.source()).isEqualTo("thinned"))
                .satisfies(row -> assertThat(row.sdPct()).isPositive());
        assertThat(found.subsampling())
                .filteredOn(row -> row.rateHz() == 10)
                .singleElement()
                .satisfies(row -> assertThat(row.source()).isEqualTo("predicted"));
    }

    @Test
    void theSameInputsGiveTheSameStatement() throws IOException {
        SimulatedRun run = SimulatedRun.write(folder, 10);

        assertThat(analyze(run, calibrated(), true)).isEqualTo(analyze(run, calibrated(), true));
    }
}
