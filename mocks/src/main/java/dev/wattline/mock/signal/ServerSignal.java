package dev.wattline.mock.signal;

import java.util.stream.DoubleStream;

/**
 * Power at the wall of a server whose parts do not all follow its GPUs: they run through a cycle, a CPU has a load of its
 * own beside them, fans follow the GPUs late, and the supply's efficiency depends on its load. A pure function of time,
 * which has been going on for ever at second 0; its means are exact to a millionth.
 *
 * @param gpus power of all GPUs
 * @param baseWatts power of what never changes, behind the supply, in W
 * @param cpuWatts what the CPU's load adds in the first half of each of its periods, in W
 * @param cpuPeriod that period in s
 */
public record ServerSignal(
        CyclicSignal gpus, double baseWatts, double cpuWatts, double cpuPeriod, Fans fans, Supply supply)
        implements SignalModel {
    /** Least efficiency of a supply at its best load. */
    static final double LEAST_PEAK = 0.5;

    private static final double LONGEST_PIECE = 0.2; // of the fans' delay: on it their power is nearly a parabola
    private static final double GAUSS = Math.sqrt(0.6); // three points, exact up to the fifth power
    private static final int MOST_PIECES = 1000;

    /**
     * How the fans follow the GPUs.
     *
     * @param share their power for a watt of the GPUs, 0 to 1
     * @param delay time constant in s; 0 where they follow at once
     */
    public record Fans(double share, double delay) {}

    /**
     * The supply: best at half of its load, a point and a half less at full load, several less at little.
     *
     * @param peak its efficiency at half of its load, about
     * @param ratedWatts its full load in W
     */
    public record Supply(double peak, double ratedWatts) {
        double wallWatts(double loadWatts) {
            double load = loadWatts / ratedWatts;
            double off = Math.min(load, 2) - 0.5;
            return loadWatts / (peak - 0.06 * off * off - 0.004 / Math.max(0.02, load));
        }
    }

    @Override
    public double wattsAt(double seconds) {
        double cpu = seconds - Math.floor(seconds / cpuPeriod) * cpuPeriod < cpuPeriod / 2 ? cpuWatts : 0;
        return wall(seconds, gpus.wattsAt(seconds), cpu);
    }

    private double wall(double seconds, double gpuWatts, double cpu) {
        double followed = fans.delay() > 0 ? gpus.lowPass(seconds, fans.delay()) : gpuWatts;
        return supply.wallWatts(baseWatts + cpu + gpuWatts + fans.share() * followed);
    }

    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        double[] ends = DoubleStream.concat(
                        DoubleStream.concat(
                                gpus.edges(fromSeconds, toSeconds), halves(fromSeconds, toSeconds, cpuPeriod / 2)),
                        DoubleStream.of(fromSeconds, toSeconds))
                .sorted()
                .toArray();
        double joules = 0;
        for (int i = 1; i < ends.length; i++) {
            joules += smooth(ends[i - 1], ends[i]);
        }
        return joules / (toSeconds - fromSeconds);
    }

    private static DoubleStream halves(double from, double to, double half) {
        long first = (long) Math.ceil(from / half);
        long last = (long) Math.floor(to / half);
        return java.util.stream.LongStream.rangeClosed(first, last).mapToDouble(k -> k * half);
    }

    /** Energy in J between two moments between which nothing steps. */
    private double smooth(double from, double to) {
        if (!(to > from)) {
            return 0;
        }
        double middle = (from + to) / 2; // a level is read in the middle, since an end may lie on either side of a step
        double gpuWatts = gpus.wattsAt(middle);
        double cpu = middle - Math.floor(middle / cpuPeriod) * cpuPeriod < cpuPeriod / 2 ? cpuWatts : 0;
        double longest = fans.delay() > 0 ? LONGEST_PIECE * fans.delay() : to - from;
        int pieces = (int) Math.max(1, Math.min(MOST_PIECES, Math.ceil((to - from) / longest)));
        double half = (to - from) / pieces / 2;
        double joules = 0;
        for (int i = 0; i < pieces; i++) {
            double centre = from + (2 * i + 1) * half;
            joules += half
                    / 9
                    * (5 * wall(centre - GAUSS * half, gpuWatts, cpu)
                            + 8 * wall(centre, gpuWatts, cpu)
                            + 5 * wall(centre + GAUSS * half, gpuWatts, cpu));
        }
        return joules;
    }

    /** The GPUs' own power: what else draws, and how much the supply loses, is known here. */
    @Override
    public SignalModel ofCards(double otherWatts, double efficiency) {
        return gpus;
    }
}
