package dev.wattline.analysis.error;

import dev.wattline.analysis.result.Components;
import java.util.List;

/**
 * The budgets of several GPUs added up. What is independent between cards adds in quadrature; what has one cause adds
 * linearly: the clock, structure inside windows, time that GPUs in step do not see, and a gain that the cards share.
 *
 * @param reportedW sum of the means as reported, in W
 * @param powerW estimate of the true sum in W
 * @param values least number of readings of a GPU
 * @param sampling half-width of the sampling part in W
 * @param halfWidth half-width of all of it in W
 * @param components the parts in percent of the sum
 * @param gapShare largest share of holes of a GPU
 * @param holes half-width from what holes may hide in W, a part of the sampling
 */
public record SumBudget(
        double reportedW,
        double powerW,
        int values,
        double sampling,
        double halfWidth,
        Components components,
        double gapShare,
        double holes) {

    /** Whether every GPU has enough readings for a statement. */
    public boolean isGiven() {
        return values >= PhaseBudget.MIN_VALUES;
    }

    /** Whether that statement may be relied on: not where the bound of what holes hide says nothing. */
    public boolean isValid() {
        return isGiven() && isBounded();
    }

    /** Whether the bound of what holes hide says anything. */
    public boolean isBounded() {
        return PhaseBudget.isBounded(gapShare, holes, powerW);
    }

    /**
     * @param gainCommon whether calibrated cards share their gain's deviation; cards of the population always do
     * @param inStep whether the GPUs' loads run in step, so that unseen time and cut ends are common too
     */
    public static SumBudget of(List<PhaseBudget> gpus, boolean gainCommon, boolean inStep) {
        double reported = 0;
        double power = 0;
        int values = Integer.MAX_VALUE;
        double gaps = 0;
        double holes = 0;
        Sum coverage = new Sum();
        Sum edge = new Sum();
        UnseenEnds ends = UnseenEnds.NONE;
        Sum floor = new Sum();
        Sum quant = new Sum();
        Sum lag = new Sum();
        Sum gain = new Sum();
        Sum offset = new Sum();
        for (PhaseBudget gpu : gpus) {
            reported += gpu.reportedW();
            power += gpu.powerW();
            values = Math.min(values, gpu.values());
            gaps = Math.max(gaps, gpu.gapShare());
            holes += gpu.holes(); // who was silent for one GPU was so for all
            coverage.add(gpu.coverage(), inStep || gpu.smoothed());
            edge.add(gpu.edge(), inStep || gpu.smoothed());
            ends = ends.plus(gpu.ends());
            floor.add(gpu.floor(), true);
            quant.add(gpu.quant(), false);
            lag.add(gpu.lag(), true);
            gain.add(gpu.gain(), gainCommon || gpu.prior());
            offset.add(gpu.offset(), false);
        }
        double atEnds = Math.max(edge.root(), ends.bound());
        double sampling = Math.sqrt(
                coverage.square() + atEnds * atEnds + floor.square() + quant.square() + lag.square() + holes * holes);
        double half = Math.sqrt(sampling * sampling + gain.square() + offset.square());
        double percent = 100 / power;
        Components components = new Components(
                Math.hypot(coverage.root(), holes) * percent,
                atEnds * percent,
                floor.root() * percent,
                quant.root() * percent,
                lag.root() * percent,
                gain.root() * percent,
                offset.root() * percent);
        return new SumBudget(reported, power, values, sampling, half, components, gaps, holes);
    }

    /** A sum of half-widths, linear for what has one cause and in quadrature for the rest. */
    private static final class Sum {
        private double linear;
        private double squares;

        void add(double halfWidth, boolean common) {
            if (common) {
                linear += halfWidth;
            } else {
                squares += halfWidth * halfWidth;
            }
        }

        double square() {
            return linear * linear + squares;
        }

        double root() {
            return Math.sqrt(square());
        }
    }
}
