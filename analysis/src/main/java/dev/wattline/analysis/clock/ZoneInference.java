package dev.wattline.analysis.clock;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The offset of nvidia-smi's local stamps to UTC from the two logs alone: zones lie at multiples of a quarter of an hour,
 * and the logs were taken together. A log's {@code Mark} is no evidence: it holds the director's local time.
 */
public final class ZoneInference {
    private static final double QUARTER_MS = 15 * 60_000.0;
    private static final int MAX_QUARTERS = 14 * 4;

    private ZoneInference() {}

    /**
     * The offsets in minutes at which the logs could belong together, the likeliest first; several where the shorter log
     * could lie at several places of the longer one, none where nothing fits.
     */
    public static List<Integer> candidates(double smiFirstMs, double smiLastMs, double firstMs, double lastMs) {
        double shift = (smiFirstMs + smiLastMs) / 2 - (firstMs + lastMs) / 2;
        int middle = (int) Math.rint(shift / QUARTER_MS);
        List<Integer> found = new ArrayList<>();
        double shorter = Math.min(smiLastMs - smiFirstMs, lastMs - firstMs);
        double longer = Math.max(smiLastMs - smiFirstMs, lastMs - firstMs);
        int reach = (int) Math.ceil((longer - shorter) / 2 / QUARTER_MS);
        for (int distance = 0; distance <= reach; distance++) {
            for (int quarters : distance == 0 ? new int[] {middle} : new int[] {middle - distance, middle + distance}) {
                double overlap = overlap(smiFirstMs, smiLastMs, firstMs, lastMs, quarters) / shorter;
                if (Math.abs(quarters) <= MAX_QUARTERS && overlap >= (distance == 0 ? 0.5 : 0.9)) {
                    found.add(quarters * 15);
                }
            }
        }
        return found;
    }

    private static double overlap(double smiFirstMs, double smiLastMs, double firstMs, double lastMs, int quarters) {
        double move = quarters * QUARTER_MS;
        return Math.min(smiLastMs - move, lastMs) - Math.max(smiFirstMs - move, firstMs);
    }

    /**
     * The offset in minutes that some zone has at this time and that is nearest to one in minutes; of two as near the
     * lower, by which the clock is ahead.
     */
    public static int nearestInUse(int minutes, Instant at) {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                .map(id -> ZoneId.of(id).getRules().getOffset(at).getTotalSeconds() / 60)
                .distinct()
                .min(Comparator.<Integer>comparingInt(offset -> Math.abs(offset - minutes))
                        .thenComparingInt(offset -> offset))
                .orElse(minutes);
    }

    /** An offset as text, such as {@code +05:30}. */
    public static String text(int minutes) {
        int size = Math.abs(minutes);
        return String.format(Locale.ROOT, "%s%02d:%02d", minutes < 0 ? "-" : "+", size / 60, size % 60);
    }
}
