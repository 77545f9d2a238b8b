package dev.wattline.analysis.powerlog;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * Local time to UTC, row by row. Where summer time ends, an hour of local time comes twice: there the order of the rows
 * decides, and a backward jump of about that hour begins its second pass. Without a zone local time passes through, and
 * only such a jump is taken out.
 */
public final class StampConverter {
    private static final long MINUTE_MS = 60_000;
    private static final long TOLERANCE_MS = 5 * MINUTE_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final @Nullable ZoneId zone;
    private long cachedMinute = Long.MIN_VALUE;
    private long offsetMs; // of the cached minute; of its first pass where it comes twice
    private long repeatedMs; // length of the repeated stretch that the cached minute lies in, or 0
    private long lastLocalMs = Long.MIN_VALUE;
    private long foldMs; // without a zone: what backward jumps have taken so far
    private boolean secondPass;
    private boolean ambiguous;
    private int folds;

    /** @param zone of the stamps; null leaves local time */
    public StampConverter(@Nullable ZoneId zone) {
        this.zone = zone;
    }

    /** UTC of a local time, both in ms since the epoch; local time itself, made monotonic, without a zone. */
    public long convert(long localMs) {
        long minute = Math.floorDiv(localMs, MINUTE_MS);
        if (minute != cachedMinute) {
            look(minute);
        }
        long back = lastLocalMs == Long.MIN_VALUE ? 0 : lastLocalMs - localMs;
        lastLocalMs = localMs;
        if (zone == null) {
            if (Math.abs(back - HOUR_MS) <= TOLERANCE_MS) {
                foldMs += HOUR_MS;
                folds++;
            }
            return localMs + foldMs;
        }
        if (repeatedMs == 0) {
            secondPass = false;
            return localMs - offsetMs;
        }
        if (!secondPass && Math.abs(back - repeatedMs) <= TOLERANCE_MS) {
            secondPass = true;
            folds++;
        }
        ambiguous = true;
        return localMs - offsetMs + (secondPass ? repeatedMs : 0);
    }

    private void look(long minute) {
        cachedMinute = minute;
        offsetMs = 0;
        repeatedMs = 0;
        if (zone == null) {
            return;
        }
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(minute * MINUTE_MS), ZoneOffset.UTC);
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            offsetMs = zone.getRules().getOffset(local).getTotalSeconds() * 1_000L;
        } else {
            offsetMs = transition.getOffsetBefore().getTotalSeconds() * 1_000L;
            if (transition.isOverlap()) {
                repeatedMs = -transition.getDuration().toMillis();
            }
        }
    }

    /** Whether stamps came from an hour that local time has twice. */
    public boolean ambiguous() {
        return ambiguous;
    }

    /** How often local time went back by an hour. */
    public int folds() {
        return folds;
    }
}
