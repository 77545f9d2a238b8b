package dev.wattline.analysis.result;

import java.util.List;

/**
 * Pairwise correlation of the GPUs inside one phase.
 *
 * @param phase the phase; empty where none was long enough
 * @param gpus keys in the order of rows and columns
 * @param pairwise Pearson's r of the readings
 * @param spearman rank correlation of the readings
 * @param corrected r divided by the root of both reliabilities; NaN where a reliability is below 0.3
 * @param lagCorrected whether the readings were moved by the clock's lag before the phase was cut
 * @param attenuation reliability of each GPU's readings, 0...1
 * @param nEff effective number of independent pairs, the median over all pairs
 * @param halfWidth half-width of the 95 % interval of the median r (Fisher's z with {@code nEff}); NaN where too few pairs
 *     are independent for one, or no two GPUs vary
 */
public record CorrelationResult(
        String phase,
        List<String> gpus,
        List<List<Double>> pairwise,
        List<List<Double>> spearman,
        List<List<Double>> corrected,
        boolean lagCorrected,
        List<Double> attenuation,
        double nEff,
        double halfWidth) {}
