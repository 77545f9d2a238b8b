package dev.wattline.analysis.result;

import java.util.List;

/**
 * Curves behind the figures, for a reader who doubts them.
 *
 * @param lagProfile residual per pair over the lag in s; empty where no lag was sought
 * @param changeIntervals histogram of the intervals between changes of the first GPU's reading: ms and count
 * @param worstPeriodic 1.96 SD in percent over the period in ms of a strictly periodic load
 * @param residualSpectrum share of the wall residual's variance over frequency in Hz
 * @param wallResidualByPhase mean wall residual in W for each phase, in the order of {@link SamplingError#phases}
 */
public record Diagnostics(
        Curve lagProfile,
        Curve changeIntervals,
        Curve worstPeriodic,
        Curve residualSpectrum,
        List<Double> wallResidualByPhase) {}
