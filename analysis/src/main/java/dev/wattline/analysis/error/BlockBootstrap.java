package dev.wattline.analysis.error;

import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A check of the budget's sampling part for long windows: how far the mean scatters when the window is put together anew
 * of its own blocks of 20 s. What varies more slowly than the budget's long-run variance reaches shows here, and so do
 * GPUs that drift together.
 */
public final class BlockBootstrap {
    private static final double BLOCK_MS = 20_000;
    private static final int MIN_BLOCKS = 12;
    private static final int DRAWS = 400;
    private static final double Z95 = 1.96;

    private BlockBootstrap() {}

    /**
     * Half-width at 95 % of the sum's mean power as reported, in W, from unseen time; NaN where the window has fewer than
     * {@value #MIN_BLOCKS} blocks, or one without readings.
     *
     * @param fromMs begin of the window in ms since the epoch
     * @param toMs end of it
     * @param seed of the draws
     */
    public static double halfWidthW(List<Readings> gpus, double fromMs, double toMs, long seed) {
        int blocks = (int) ((toMs - fromMs) / BLOCK_MS);
        if (blocks < MIN_BLOCKS) {
            return Double.NaN;
        }
        double[] sums = new double[blocks];
        double unseen = 0;
        for (Readings gpu : gpus) {
            unseen = Math.max(unseen, PhaseBudget.unseen(gpu));
            for (int i = 0; i < blocks; i++) {
                double[] values = gpu.between(fromMs + i * BLOCK_MS, fromMs + (i + 1) * BLOCK_MS);
                sums[i] += values.length == 0 ? Double.NaN : Stats.mean(values);
            }
        }
        if (Arrays.stream(sums).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < blocks; i++) {
                sum += sums[random.nextInt(blocks)];
            }
            means[draw] = sum / blocks;
        }
        return Z95 * Stats.sd(means) * Math.sqrt(unseen);
    }
}
