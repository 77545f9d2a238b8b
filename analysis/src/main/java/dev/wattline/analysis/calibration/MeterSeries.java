package dev.wattline.analysis.calibration;

import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;

/**
 * What a meter showed, as energy over time, so that the mean over any time can be told. Immutable.
 */
public final class MeterSeries {
    private static final double HOLE = 3; // times the usual time between two readings

    private final double[] atS;
    private final double[] joules; // NaN behind what is not known: the sum begins anew there
    private final double[] parts;

    /** @param parts energy of each time from the stamp before; NaN where not known; the first counts for nothing */
    private MeterSeries(double[] atS, double[] parts) {
        this.atS = atS;
        this.parts = parts;
        this.joules = new double[atS.length];
        for (int i = 1; i < atS.length; i++) {
            joules[i] = joules[i - 1] + (!Double.isNaN(parts[i]) ? parts[i] : 0);
        }
    }

    /** Of an analyzer's log, whose values are means of the time before their stamps. */
    public static MeterSeries of(WallSeries wall) {
        double[] at = new double[wall.size() + 1];
        double[] parts = new double[wall.size() + 1];
        at[0] = wall.startMs(0) / 1e3;
        for (int i = 0; i < wall.size(); i++) {
            at[i + 1] = wall.endMs(i) / 1e3;
            parts[i + 1] = wall.isGood(i) ? wall.watts(i) * (at[i + 1] - at[i]) : Double.NaN;
        }
        return new MeterSeries(at, parts);
    }

    /** Of another meter's log, whose values are of their moments. */
    public static MeterSeries of(Polyline meter) {
        int n = meter.size();
        double[] at = new double[n];
        Arrays.setAll(at, i -> meter.timeMs(i) / 1e3);
        double[] steps = new double[Math.max(0, n - 1)];
        Arrays.setAll(steps, i -> at[i + 1] - at[i]);
        double usual = Stats.median(steps);
        double[] parts = new double[n];
        for (int i = 1; i < n; i++) {
            parts[i] =
                    steps[i - 1] > HOLE * usual ? Double.NaN : steps[i - 1] * (meter.watts(i) + meter.watts(i - 1)) / 2;
        }
        return new MeterSeries(at, parts);
    }

    public double firstS() {
        return atS[0];
    }

    public double lastS() {
        return atS[atS.length - 1];
    }

    /** Mean power in W from one time to another, in s since 1970; NaN where a part of it is not known. */
    double mean(double fromS, double toS) {
        return (energyAt(toS, fromS) - energyAt(fromS, fromS)) / (toS - fromS);
    }

    /** NaN outside, and where anything from {@code sinceS} on is not known. */
    private double energyAt(double second, double sinceS) {
        if (second < atS[0] || second > lastS()) {
            return Double.NaN;
        }
        int at = Arrays.binarySearch(atS, second);
        int i = Math.max(1, at >= 0 ? at : -at - 1);
        for (int k = i; k > 0 && atS[k] > sinceS; k--) {
            if (Double.isNaN(parts[k])) {
                return Double.NaN;
            }
        }
        double part = !Double.isNaN(parts[i]) ? parts[i] : 0;
        return joules[i] - part * (atS[i] - second) / (atS[i] - atS[i - 1]);
    }

    /** The mean of each second of a grid that begins then by the machine's clock, which is this much ahead of the meter's. */
    public double[] seconds(double beginS, int seconds, double aheadS) {
        double[] means = new double[seconds];
        Arrays.setAll(means, k -> mean(beginS + k - aheadS, beginS + k + 1 - aheadS));
        return means;
    }
}
