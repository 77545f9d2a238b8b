package dev.wattline.analysis.calibration;

import dev.wattline.analysis.stats.Stats;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a management controller told of the whole machine.
 *
 * @param source such as {@code redfish}
 * @param entity such as a chassis
 * @param atS when each reading was taken, in s since the grid's begin, rising
 * @param watts the readings
 */
@SuppressWarnings("ArrayRecordComponent") // series, never compared
public record NodeReadings(String source, String entity, double[] atS, double[] watts) {
    private static final int FEWEST_CHANGES = 5;
    private static final double LONG = 2.5; // times the usual time between two changes

    public NodeReadings {
        if (atS.length != watts.length) {
            throw new IllegalArgumentException(atS.length + " times of " + watts.length + " readings");
        }
    }

    /**
     * The readings at the moments at which the controller renewed them, as far as that shows: a controller holds a reading
     * for seconds, and one that is only asked again says nothing new. Where a reading stays for much longer than usual it
     * was renewed to the same value, and stands once more before it changes.
     */
    public NodeReadings renewed() {
        int[] changed = IntStream.range(1, watts.length)
                .filter(i -> watts[i] != watts[i - 1])
                .toArray();
        if (changed.length < FEWEST_CHANGES) {
            return this;
        }
        double[] gaps = IntStream.range(1, changed.length)
                .mapToDouble(k -> renewedAt(changed[k]) - renewedAt(changed[k - 1]))
                .toArray();
        double usual = Stats.median(gaps);
        DoubleStream.Builder times = DoubleStream.builder();
        DoubleStream.Builder values = DoubleStream.builder();
        for (int k = 0; k <= changed.length; k++) {
            boolean last = k == changed.length;
            double next = last ? atS[atS.length - 1] : renewedAt(changed[k]);
            double since = k == 0 ? atS[0] : renewedAt(changed[k - 1]);
            if (next - since > LONG * usual) {
                times.add(last ? next : next - usual);
                values.add(last ? watts[watts.length - 1] : watts[changed[k] - 1]);
            }
            if (!last) {
                times.add(next);
                values.add(watts[changed[k]]);
            }
        }
        return new NodeReadings(
                source, entity, times.build().toArray(), values.build().toArray());
    }

    /** It was renewed between the reading before and this one. */
    private double renewedAt(int i) {
        return (atS[i - 1] + atS[i]) / 2;
    }
}
