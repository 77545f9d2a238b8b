package dev.wattline.analysis.calibration;

import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.model.finding.Finding;
import java.util.Locale;

/**
 * How far a machine's clock is ahead of its meter's: where what its sources show follows the meter best.
 *
 * @param aheadS in s
 * @param correlation of what the sources show with the meter, then
 */
public record MeterLag(double aheadS, double correlation) {
    private static final double LEAST_CORRELATION = 0.8;
    private static final double COARSE_S = 1;
    private static final double FINE_S = 0.1;

    /**
     * Looks for it.
     *
     * @param beginS begin of the grid in s since 1970, by the machine's clock
     * @param guessS what the clocks were found to differ by
     * @param mostS how far from that to look
     * @throws CalibrationRefusedException if the sources do not follow the meter
     */
    public static MeterLag find(PowerGrid grid, MeterSeries meter, double beginS, double guessS, double mostS) {
        double[] seen = grid.sum(Seen.GPU);
        double[] packages = grid.sum(grid.has(Seen.PACKAGE) ? Seen.PACKAGE : Seen.ACTIVITY);
        boolean any = grid.has(Seen.GPU) || grid.has(Seen.PACKAGE) || grid.has(Seen.ACTIVITY);
        if (!any) {
            return new MeterLag(guessS, Double.NaN); // a controller's delay is found with its window
        }
        for (int k = 0; k < seen.length; k++) {
            seen[k] += packages[k];
        }
        MeterLag best = new MeterLag(guessS, -1);
        best = best.orBetter(seen, meter, beginS, guessS, mostS, COARSE_S);
        best = best.orBetter(seen, meter, beginS, best.aheadS, COARSE_S, FINE_S);
        if (best.correlation < LEAST_CORRELATION) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-meter-elsewhere",
                                    String.format(
                                            Locale.ROOT,
                                            "the sources do not follow the meter: at the best their correlation is %.2f",
                                            best.correlation))
                            .with("correlation", best.correlation)
                            .limit("at least " + LEAST_CORRELATION),
                    "Look whether the meter's log is of this machine and of this time; give --max-lag if the clocks"
                            + " differ by more.");
        }
        return best;
    }

    private MeterLag orBetter(
            double[] seen, MeterSeries meter, double beginS, double middleS, double mostS, double stepS) {
        MeterLag best = this;
        int steps = (int) Math.floor(mostS / stepS);
        for (int i = -steps; i <= steps; i++) {
            double ahead = middleS + i * stepS;
            double r = correlation(seen, meter.seconds(beginS, seen.length, ahead));
            if (r > best.correlation) {
                best = new MeterLag(ahead, r);
            }
        }
        return best;
    }

    /** Of what both know; NaN, which is never the best, where that is less than half of it. */
    private static double correlation(double[] a, double[] b) {
        double n = 0;
        double ma = 0;
        double mb = 0;
        for (int k = 0; k < a.length; k++) {
            if (!Double.isNaN(a[k]) && !Double.isNaN(b[k])) {
                n++;
                ma += (a[k] - ma) / n;
                mb += (b[k] - mb) / n;
            }
        }
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int k = 0; k < a.length; k++) {
            if (!Double.isNaN(a[k]) && !Double.isNaN(b[k])) {
                aa += (a[k] - ma) * (a[k] - ma);
                bb += (b[k] - mb) * (b[k] - mb);
                ab += (a[k] - ma) * (b[k] - mb);
            }
        }
        return 2 * n < a.length ? Double.NaN : ab / Math.sqrt(aa * bb);
    }
}
