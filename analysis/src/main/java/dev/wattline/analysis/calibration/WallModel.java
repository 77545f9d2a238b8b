package dev.wattline.analysis.calibration;

import dev.wattline.analysis.result.Interval;
import java.util.List;

/**
 * Power at the wall as a sum of what is seen: base, slopes, what fans and supplies do. Of one session.
 *
 * @param cpu by what the processors are seen
 * @param regressors the columns' names: {@code 1}, {@code gpu:UUID}, {@code package} or {@code activity}, {@code dram},
 *     {@code lowpass}, {@code square}
 * @param b a coefficient a column, W or W per W
 * @param v their covariance
 * @param tauS time constant of the low-pass in s
 * @param topSumW highest sum of what is seen in the calibration, in W
 * @param lowSumW lowest, in W
 * @param topWallW highest power at the wall, in W
 * @param blockS length of the means it was fitted to, in s
 * @param residualSdW standard deviation of the residuals in W
 * @param lag1 their lag-1 autocorrelation
 * @param structuralSdW what the model's form is off by, standard deviation in W
 * @param cpuSpanW rise of the wall from idle to full processors with idle cards, in W; NaN where the session did not have it
 * @param holdOut how it did on what it had not seen
 */
@SuppressWarnings("ArrayRecordComponent") // coefficients, never compared
public record WallModel(
        CpuSight cpu,
        List<String> regressors,
        double[] b,
        double[][] v,
        double tauS,
        double topSumW,
        double lowSumW,
        double topWallW,
        double blockS,
        double residualSdW,
        double lag1,
        double structuralSdW,
        double cpuSpanW,
        HoldOut holdOut) {
    private static final String CARD = "gpu:";
    private static final double K95 = 1.96;

    public WallModel {
        regressors = List.copyOf(regressors);
    }

    WallModel with(HoldOut trial) {
        return new WallModel(
                cpu,
                regressors,
                b,
                v,
                tauS,
                topSumW,
                lowSumW,
                topWallW,
                blockS,
                residualSdW,
                lag1,
                structuralSdW,
                cpuSpanW,
                trial);
    }

    Regressors columns() {
        List<String> cards = cards().stream()
                .map(name -> name.substring(CARD.length()))
                .toList();
        return new Regressors(cards, cpu, regressors.contains("dram"), tauS, topSumW);
    }

    /**
     * What one W more of a source draws at the wall, in W: in the middle of the calibrated range, with the losses of the
     * supplies, and once the fans have followed.
     *
     * @param name of the source, among the {@link #regressors}
     */
    public Interval wallWattsPerWatt(String name) {
        double[] change = new double[b.length];
        change[regressors.indexOf(name)] = 1;
        change[regressors.indexOf("lowpass")] = 1;
        change[regressors.indexOf("square")] = (lowSumW + topSumW) / topSumW; // the derivative of sum^2 / topSumW
        double half = K95 * Math.sqrt(Math.max(0, variance(change)));
        return Interval.around(at(change), half);
    }

    /** The columns that are cards: {@code gpu:UUID}. */
    public List<String> cards() {
        return regressors.stream().filter(name -> name.startsWith(CARD)).toList();
    }

    /** Whether a grid has all that the model needs, and no card that it does not know. */
    public boolean fits(PowerGrid grid) {
        return columns().areIn(grid);
    }

    double at(double[] x) {
        return new Ridge.Solution(b, v).at(x);
    }

    double variance(double[] x) {
        return Ridge.quadratic(v, x);
    }

    /** What moving the low-pass' past by a W changes of a mean over this time, in W. */
    double pastWeight(double seconds) {
        return b[b.length - 2] * tauS * (1 - Math.exp(-seconds / tauS)) / seconds;
    }

    /** Mean of the part of wall power that the model ascribes to the processors, in W; 0 where it does not see them. */
    double cpuWatts(double[] x) {
        int column = cpu == CpuSight.NONE ? -1 : columns().cards().size() + 1;
        return column < 0 ? 0 : b[column] * x[column];
    }
}
