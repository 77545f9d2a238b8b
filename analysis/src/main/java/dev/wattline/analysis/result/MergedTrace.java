package dev.wattline.analysis.result;

import java.util.List;

/**
 * Both series on one axis: a row for each value of the analyzer (its mean over the second before the stamp), beside it
 * what the GPUs reported for the same time, lag and window taken out. Without analyzer a row a second; without
 * telemetry the GPU columns are empty. All series have the same times.
 *
 * @param wallW analyzer's power in W, NaN where it gave none
 * @param gpuSumW sum of the GPUs as reported in W, NaN where one of them has no reading
 * @param gpuW each GPU as reported, in the order of {@link SamplingError#gpus}
 * @param residualW wall power minus its regression on the GPUs, NaN where there is none
 * @param phase index into {@link SamplingError#phases} for each row, -1 outside
 */
public record MergedTrace(
        TimeSeries wallW, TimeSeries gpuSumW, List<TimeSeries> gpuW, TimeSeries residualW, List<Integer> phase) {
    /** Number of rows. */
    public int size() {
        return wallW.size();
    }
}
