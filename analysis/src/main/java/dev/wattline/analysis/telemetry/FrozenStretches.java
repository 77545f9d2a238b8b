package dev.wattline.analysis.telemetry;

import dev.wattline.analysis.powerlog.SecondMeans;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.series.SteadySources;
import dev.wattline.analysis.series.WallSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes readings of a card that freezes part-way out of its series, so that the time counts as a hole. The last digits of a
 * live sensor change under load; a reading of hundredths of a watt that stays the same for a minute on a loaded machine, or
 * for twenty seconds while other cards move, says nothing of the card.
 */
final class FrozenStretches {
    private static final double FROZEN_MS = 60_000;
    private static final double FROZEN_BESIDE_OTHERS_MS = 20_000;
    private static final int LEAST_POLLS = 20;
    private static final int WHOLE_WATT = 1000; // in mW: a log of whole watts may stand still
    private static final double LOADED = 1.2; // of the lowest reading
    private static final double WALL_LOADED = 1.05; // of the lowest value: one card of many may be all that works
    private static final double BUSY_PCT = 20;

    private final @Nullable WallSeries wall;
    private final double lagMs;

    /**
     * @param wall the analyzer's values; null where there are none, or where it is not known how the clocks stand
     * @param lagMs how far the SUT's clock is ahead
     */
    FrozenStretches(@Nullable WallSeries wall, double lagMs) {
        this.wall = wall;
        this.lagMs = lagMs;
    }

    /** Takes the stretches out and says in a sentence a card what was taken. */
    List<String> remove(List<PreparedTelemetry.Gpu> gpus) {
        List<PowerSeries> all = gpus.stream().map(PreparedTelemetry.Gpu::series).toList();
        List<boolean[]> frozen = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (int g = 0; g < all.size(); g++) {
            boolean[] drop = new boolean[all.get(g).size()];
            double seconds = gpus.get(g).stuck() ? 0 : mark(g, gpus.get(g), all, drop);
            frozen.add(drop);
            if (seconds > 0) {
                told.add(String.format(
                        Locale.ROOT,
                        "The reading of GPU %s stands still for %.0f s under load: it is frozen, and that time counts as a"
                                + " hole.",
                        gpus.get(g).key(),
                        seconds));
            }
        }
        for (int g = 0; g < all.size(); g++) {
            boolean[] drop = frozen.get(g);
            all.get(g).keep(i -> !drop[i]);
        }
        return told;
    }

    private double mark(int g, PreparedTelemetry.Gpu gpu, List<PowerSeries> all, boolean[] drop) {
        PowerSeries series = gpu.series();
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < series.size(); i++) {
            lowest = Math.min(lowest, series.watts(i));
        }
        double seconds = 0;
        int from = 0;
        for (int i = 1; i <= series.size(); i++) {
            if (i < series.size() && series.milliwatts(i) == series.milliwatts(from)) {
                continue;
            }
            double begin = series.timeMs(from);
            double end = series.timeMs(i - 1);
            boolean still = i - from >= LEAST_POLLS && series.milliwatts(from) % WHOLE_WATT != 0;
            boolean frozen = still
                    && ((end - begin >= FROZEN_MS && isLoaded(gpu, series.watts(from) / lowest, begin, end))
                            || (end - begin >= FROZEN_BESIDE_OTHERS_MS
                                    && SteadySources.othersMove(g, all, begin, end)));
            for (int k = from + 1; frozen && k < i; k++) { // the first of them was still read
                drop[k] = true;
            }
            seconds += frozen ? (end - begin) / 1e3 : 0;
            from = i;
        }
        return seconds;
    }

    private boolean isLoaded(PreparedTelemetry.Gpu gpu, double overLowest, double fromMs, double toMs) {
        SecondMeans utilisation = gpu.log().utilisation();
        if (utilisation.mean(fromMs, toMs) > BUSY_PCT) {
            return true;
        }
        return overLowest > LOADED || (wall != null && wallLoaded(wall, fromMs - lagMs, toMs - lagMs));
    }

    private static boolean wallLoaded(WallSeries wall, double fromMs, double toMs) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (int i = 0; i < wall.size(); i++) {
            if (wall.isGood(i)) {
                lowest = Math.min(lowest, wall.watts(i));
                boolean inside = wall.startMs(i) >= fromMs && wall.endMs(i) <= toMs;
                highest = inside ? Math.max(highest, wall.watts(i)) : highest;
            }
        }
        return highest > WALL_LOADED * lowest;
    }
}
