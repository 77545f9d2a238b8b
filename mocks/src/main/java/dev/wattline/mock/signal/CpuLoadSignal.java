package dev.wattline.mock.signal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Power that follows the real load of this machine: idle watts, and a span for full load. The one signal that is no
 * function of time: the load is looked at when the signal is asked, and is taken for even since the look before. What
 * several sensors of one instrument ask for the same time they get from the same looks, of which the last minute is
 * remembered.
 */
public final class CpuLoadSignal implements SignalModel {
    /** Looks closer together than the kernel counts would be noise: it counts in hundredths of a second. */
    private static final double CLOSEST_LOOKS = 0.05;

    private static final double MEMORY_SECONDS = 60;

    private final double idleWatts;
    private final double spanWatts;
    private final CpuMeter meter;

    @GuardedBy("this")
    private final Deque<Look> looks = new ArrayDeque<>(); // latest first

    /**
     * A look at the load.
     *
     * @param at when, in s since the signal's start
     * @param busySeconds how long a processor was busy from the first look until then, on average over all
     */
    private record Look(double at, double busySeconds) {}

    /**
     * A signal that begins with the meter's next interval.
     *
     * @param idleWatts power of the idle machine in W
     * @param spanWatts what full load adds in W
     */
    public CpuLoadSignal(double idleWatts, double spanWatts, CpuMeter meter) {
        this.idleWatts = idleWatts;
        this.spanWatts = spanWatts;
        this.meter = meter;
    }

    /** The power since the last look. */
    @Override
    public synchronized double wattsAt(double seconds) {
        Look latest = looks.peekFirst();
        return meanWatts(latest == null ? seconds : Math.min(latest.at(), seconds), seconds);
    }

    @Override
    public synchronized double meanWatts(double fromSeconds, double toSeconds) {
        double share = look(toSeconds);
        Look last = looks.getFirst();
        double to = Math.min(toSeconds, last.at());
        double from = Math.max(fromSeconds, looks.getLast().at());
        if (to > from) {
            share = (busyUntil(to) - busyUntil(from)) / (to - from);
        }
        return idleWatts + spanWatts * share;
    }

    /** Looks again if enough time has passed, and returns the load's share between the last two looks. */
    @GuardedBy("this")
    private double look(double now) {
        Look latest = looks.peekFirst();
        if (latest == null) {
            double share = meter.utilisation();
            looks.addFirst(new Look(now, 0));
            return share;
        }
        if (now - latest.at() >= CLOSEST_LOOKS) {
            double share = meter.utilisation();
            looks.addFirst(new Look(now, latest.busySeconds() + share * (now - latest.at())));
            while (looks.getLast().at() < now - MEMORY_SECONDS) {
                looks.removeLast();
            }
            return share;
        }
        Iterator<Look> both = looks.iterator();
        Look newer = both.next();
        if (!both.hasNext()) {
            return 0;
        }
        Look older = both.next();
        return (newer.busySeconds() - older.busySeconds()) / (newer.at() - older.at());
    }

    @GuardedBy("this")
    private double busyUntil(double seconds) {
        Look newer = looks.getFirst();
        for (Look older : looks) {
            if (older.at() <= seconds) {
                double apart = newer.at() - older.at();
                double share = apart > 0 ? (seconds - older.at()) / apart : 0;
                return older.busySeconds() + share * (newer.busySeconds() - older.busySeconds());
            }
            newer = older;
        }
        return newer.busySeconds();
    }
}
