package dev.wattline.analysis.error;

/**
 * What the time at the two ends of an interval may add to its mean power. No reading lies wholly inside there, so that the
 * ends are taken to be like the rest; but the readings beside them tell where the power went. Where one step lies just
 * inside of an end, the mean over the time that no reading saw lies between the last reading inside and the next one whose
 * window does not overlap with it. Readings whose windows overlap see the time within a window of an end less often than the rest: that
 * part is taken to be as the last of them. Signed, so that the cards of a server add up as their steps do. Immutable.
 *
 * @param beginW what the begin may add to the mean of the interval, in W
 * @param endW what the end may add, in W
 */
public record UnseenEnds(double beginW, double endW) {
    /** Nothing. */
    public static final UnseenEnds NONE = new UnseenEnds(0, 0);

    private static final double WHOLE = 0.9; // of a window or a step, whichever is longer: polls jitter
    private static final double JITTER = 0.3; // of a step

    /** How far both together may put the mean, in W; both ends may err alike. */
    public double bound() {
        return Math.abs(beginW) + Math.abs(endW);
    }

    UnseenEnds plus(UnseenEnds other) {
        return new UnseenEnds(beginW + other.beginW, endW + other.endW);
    }

    UnseenEnds times(double factor) {
        return new UnseenEnds(beginW * factor, endW * factor);
    }

    /**
     * @param fromMs begin in ms since the epoch
     * @param toMs end in ms since the epoch
     * @param meanW mean of the readings wholly inside, of which there are some
     */
    static UnseenEnds of(Readings readings, double fromMs, double toMs, double meanW) {
        // A reading whose update is not known may have ended half a period earlier or later.
        double late = readings.marginMs() - readings.model().trimWindowMs() / 2;
        double seen = readings.model().trimWindowMs() / 2 - late;
        int first = readings.indexAtOrAfter(fromMs + readings.marginMs());
        int last = readings.indexAtOrAfter(Math.nextUp(toMs - readings.marginMs())) - 1;
        double length = toMs - fromMs;
        return new UnseenEnds(
                endMs(readings, first, -1, readings.centreMs(first) - seen - fromMs, late, meanW) / length,
                endMs(readings, last, 1, toMs - readings.centreMs(last) - seen, late, meanW) / length);
    }

    /** What one end may add, in W ms: of the reading inside and of those just beyond it, where there are some. */
    private static double endMs(
            Readings readings, int inside, int outwards, double unseenMs, double lateMs, double meanW) {
        double window = readings.model().trimWindowMs();
        double apart = Math.max(window, readings.stepMs());
        double own = readings.watts(inside) - meanW;
        double farthest = own; // beyond a hole nothing is known: its bound says what it may hide
        for (int i = inside + outwards; i >= 0 && i < readings.size(); i += outwards) {
            double distance = Math.abs(readings.centreMs(i) - readings.centreMs(inside));
            if (distance > apart + 2 * lateMs + JITTER * readings.stepMs()) {
                break;
            }
            double other = readings.watts(i) - meanW;
            farthest = distance >= WHOLE * apart && Math.abs(other) > Math.abs(farthest) ? other : farthest;
        }
        return Math.max(0, unseenMs) * farthest + Math.max(0, window - readings.stepMs()) * own;
    }
}
