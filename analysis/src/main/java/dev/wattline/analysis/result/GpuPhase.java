package dev.wattline.analysis.result;

import java.time.Instant;

/**
 * One GPU, or the sum of all, over one phase. Mean and energy are estimates of the true board power: the reading with
 * the offset taken off and the gain divided out.
 *
 * @param name name of the phase
 * @param start begin of the phase, UTC
 * @param end end of the phase, UTC
 * @param meanW estimate of the true mean power in W; NaN where no interval can be given
 * @param energyJ the same times the phase's length, in J
 * @param ci95J 95 % interval of the energy in J, gain and offset included
 * @param samplingCi95J the part of it that comes from sampling alone, gain and offset taken as exact
 * @param relHalfWidthPct half-width of {@code ci95J} in percent of the energy
 * @param components what the half-width is made of
 * @param reportedMeanW mean of the readings used in W, neither gain nor offset applied; NaN where there is no mean
 * @param values how many readings lie wholly inside the phase
 * @param rampUpWps slope of the rise into the phase in W/s; NaN where there is none
 * @param rampDownWps slope of the fall out of the phase in W/s, negative; NaN where there is none
 * @param status {@code ok}; {@code widened} where the interval reaches over what contradicts the readings; or why there is
 *     no figure: {@code aliased} (the load is in step with the sensor), {@code transition} (too few readings inside), {@code invalid}
 *     (too many gaps), {@code stuck} (a reading that does not follow the load) or {@code unplaced} (where the phase lies
 *     in the nvidia-smi log is not known)
 */
public record GpuPhase(
        String name,
        Instant start,
        Instant end,
        double meanW,
        double energyJ,
        Interval ci95J,
        Interval samplingCi95J,
        double relHalfWidthPct,
        Components components,
        double reportedMeanW,
        int values,
        double rampUpWps,
        double rampDownWps,
        String status) {}
