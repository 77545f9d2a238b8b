package dev.wattline.bench.physics;

import dev.wattline.simulation.StepLoad;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Power at the wall of a server with GPUs, over time in ms from 0: CPU load beside the GPUs, fans that follow them late, and
 * a supply whose efficiency depends on its load. Exact to its grid of 20 ms, on which the power is constant. Immutable.
 */
public final class SimulatedServer {
    private static final double GRAIN_MS = 20;
    private static final double HEADROOM = 1.4; // the supply's rating over the highest power

    private final double[] joules; // at the wall, up to the begin of each cell

    private SimulatedServer(double[] joules) {
        this.joules = joules;
    }

    /**
     * How the fans follow the GPUs.
     *
     * @param share power of the fans for a watt of the GPUs
     * @param delayS time constant in s with which they follow
     * @param deadS time in s for which they do not react at all
     * @param level step of the fans' control as a share of their power; 0 where it is continuous
     */
    public record Fans(double share, double delayS, double deadS, double level) {
        /** Fans of 1 to 5 % that follow within 5 to 90 s, some with a dead time, some in steps. */
        public static Fans random(SplittableRandom random) {
            double total = 5 * Math.pow(90.0 / 5, random.nextDouble());
            double dead = random.nextInt(3) == 0 ? 0.3 * total : 0;
            double level = random.nextInt(4) == 0 ? 0.1 : 0;
            return new Fans(0.01 + 0.04 * random.nextDouble(), total - dead, dead, level);
        }
    }

    /**
     * The rest of the machine.
     *
     * @param baseW power of all that never changes, in W before the supply
     * @param cpuByPhaseW power of the CPU by phase in W
     * @param burstW height of the CPU's own load in W, which comes and goes by chance
     * @param burstS mean length of such a load, and of the time between two
     * @param tied what follows the GPUs at once, in W for a watt of theirs
     */
    @SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
    public record Rest(double baseW, double[] cpuByPhaseW, double burstW, double burstS, double tied) {}

    /**
     * @param gpus true power of the GPUs
     * @param phaseEndsMs ends of the phases in ms, rising; the last is the end of all
     * @param mostW highest power of a GPU in W
     */
    static SimulatedServer of(
            List<StepLoad> gpus, double[] phaseEndsMs, Rest rest, Fans fans, double mostW, SplittableRandom random) {
        RandomGenerator normal = random;
        int cells = (int) Math.ceil(phaseEndsMs[phaseEndsMs.length - 1] / GRAIN_MS);
        double[] sum = new double[cells];
        for (StepLoad gpu : gpus) {
            for (int i = 0; i < cells; i++) {
                sum[i] += gpu.mean(i * GRAIN_MS, (i + 1) * GRAIN_MS);
            }
        }
        double rated = HEADROOM * (rest.baseW() + mostW * gpus.size() + 300);
        double peak = 0.92 + 0.03 * random.nextDouble();
        double[] joules = new double[cells + 1];
        double fan = fans.share() * sum[0];
        boolean burst = random.nextBoolean();
        double switches = -1e3 * rest.burstS() * Math.log(1 - random.nextDouble());
        int phase = 0;
        double wander = 0;
        for (int i = 0; i < cells; i++) {
            double now = i * GRAIN_MS;
            while (phase + 1 < phaseEndsMs.length && now >= phaseEndsMs[phase]) {
                phase++;
            }
            if (now >= switches) {
                burst = !burst;
                switches = now - 1e3 * rest.burstS() * Math.log(1 - random.nextDouble());
            }
            int seen = Math.max(0, i - (int) Math.round(fans.deadS() * 1e3 / GRAIN_MS));
            fan += (fans.share() * sum[seen] - fan) * (1 - Math.exp(-GRAIN_MS / 1e3 / fans.delayS()));
            double step = fans.level() * fans.share() * mostW * gpus.size();
            double fanW = step > 0 ? step * Math.rint(fan / step) : fan;
            wander += 0.02 * (normal.nextGaussian() - wander);
            double before = rest.baseW()
                    + rest.cpuByPhaseW()[phase]
                    + (burst ? rest.burstW() : 0)
                    + 5 * wander
                    + fanW
                    + (1 + rest.tied()) * sum[i];
            joules[i + 1] = joules[i] + before / efficiency(before / rated, peak) * GRAIN_MS * 1e-3;
        }
        return new SimulatedServer(joules);
    }

    /** A supply's curve: best at half of its load, a point and a half less at full load, several less at little. */
    private static double efficiency(double load, double peak) {
        double off = load - 0.5;
        return peak - 0.06 * off * off - 0.004 / Math.max(0.02, load);
    }

    /** Length in ms. */
    public double lengthMs() {
        return (joules.length - 1) * GRAIN_MS;
    }

    /** Energy at the wall in J from 0 to this time in ms. */
    public double energyTo(double ms) {
        double cell = Math.max(0, Math.min(joules.length - 1.0, ms / GRAIN_MS));
        int below = Math.min(joules.length - 2, (int) cell);
        return joules[below] + (cell - below) * (joules[below + 1] - joules[below]);
    }

    /** Mean power at the wall in W between two times in ms. */
    public double mean(double fromMs, double toMs) {
        return (energyTo(toMs) - energyTo(fromMs)) / (toMs - fromMs) * 1e3;
    }
}
