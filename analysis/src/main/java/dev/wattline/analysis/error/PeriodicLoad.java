package dev.wattline.analysis.error;

import dev.wattline.analysis.result.Curve;
import java.util.TreeSet;

/**
 * What a strictly periodic load does to a mean of N values of W each D: its harmonics alias wherever a multiple of its
 * frequency meets one of the sampling's. Closed form for a square wave,
 * {@code SD = sqrt(sum 2 |c_h|^2 sinc(hW/P)^2 [sin(pi N h D/P) / (N sin(pi h D/P))]^2)}.
 */
public final class PeriodicLoad {
    /** Shortest and longest load period looked at, in ms. */
    public static final double SHORTEST_MS = 20;

    /** See {@link #SHORTEST_MS}. */
    public static final double LONGEST_MS = 2000;

    private static final int HARMONICS = 60;
    private static final int GRID = 600;
    private static final double Z95 = 1.96;

    private final double windowMs;
    private final double stepMs;
    private final long values;
    private final double swingW;
    private final double duty;
    private final double meanW;

    /**
     * @param windowMs W in ms
     * @param stepMs D in ms
     * @param values N
     * @param swingW difference between the load's two levels in W
     * @param duty share of the period at the upper level, 0...1
     * @param meanW mean power in W
     */
    public PeriodicLoad(double windowMs, double stepMs, long values, double swingW, double duty, double meanW) {
        this.windowMs = windowMs;
        this.stepMs = stepMs;
        this.values = values;
        this.swingW = swingW;
        this.duty = duty;
        this.meanW = meanW;
    }

    /** SD of the error of the mean over the load's phase, in percent of the mean, for this period in ms. */
    public double sdPct(double periodMs) {
        double sum = 0;
        for (int h = 1; h <= HARMONICS; h++) {
            double amplitude = swingW * Math.abs(Math.sin(Math.PI * h * duty)) / (Math.PI * h);
            double boxcar = sinc(h * windowMs / periodMs);
            double comb = comb(h * stepMs / periodMs);
            sum += 2 * amplitude * amplitude * boxcar * boxcar * comb * comb;
        }
        return 100 * Math.sqrt(sum) / meanW;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private double comb(double x) {
        double fraction = x - Math.rint(x); // the comb has period 1 in x up to its sign, which is squared
        double below = Math.sin(Math.PI * fraction);
        return Math.abs(below) < 1e-12 ? 1 : Math.sin(Math.PI * values * fraction) / (values * below);
    }

    /** 1.96 SD in percent over the period, on a logarithmic grid and at the periods where D is a multiple of it. */
    public Curve curve() {
        TreeSet<Double> periods = new TreeSet<>();
        for (int i = 0; i <= GRID; i++) {
            periods.add(SHORTEST_MS * Math.pow(LONGEST_MS / SHORTEST_MS, (double) i / GRID));
        }
        for (int k = 1; stepMs / k >= SHORTEST_MS; k++) {
            if (stepMs / k <= LONGEST_MS) {
                periods.add(stepMs / k); // peaks narrower than 1/N, which a grid would step over
            }
        }
        double[] x = periods.stream().mapToDouble(Double::doubleValue).toArray();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Z95 * sdPct(x[i]);
        }
        return new Curve("period of the load [ms]", "1.96 SD of the mean [%]", x, y);
    }

    /** Index of the highest point of a curve; -1 if it has none. */
    public static int worst(Curve curve) {
        int worst = -1;
        for (int i = 0; i < curve.size(); i++) {
            if (worst < 0 || curve.y(i) > curve.y(worst)) {
                worst = i;
            }
        }
        return worst;
    }
}
