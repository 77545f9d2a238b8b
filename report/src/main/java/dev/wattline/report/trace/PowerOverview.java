package dev.wattline.report.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * The power of a phase over time, for drawing: least and greatest values of equal stretches, of which there are never more
 * than a bound whatever the length of the log. Stretches grow as the log turns out to be longer. For one thread.
 */
public final class PowerOverview {
    private static final int MAX_STRETCHES = 480;

    private List<Stretch> stretches = new ArrayList<>();
    private int rowsEach = 1;
    private int rowsInLast;

    /** Some rows in a row: when they begin, in ms since the epoch, and their least and greatest power, W. */
    public record Stretch(long millis, double least, double greatest) {
        private static Stretch join(Stretch one, Stretch two) {
            return new Stretch(
                    one.millis(), Math.min(one.least(), two.least()), Math.max(one.greatest(), two.greatest()));
        }
    }

    /** Adds a row; one without a value is left out. */
    public void add(long millis, double watts) {
        if (!Double.isFinite(watts)) {
            return;
        }
        Stretch one = new Stretch(millis, watts, watts);
        if (rowsInLast == 0 || rowsInLast >= rowsEach) {
            stretches.add(one);
            rowsInLast = 1;
        } else {
            stretches.set(stretches.size() - 1, Stretch.join(stretches.get(stretches.size() - 1), one));
            rowsInLast++;
        }
        if (stretches.size() > MAX_STRETCHES) {
            halve();
        }
    }

    private void halve() {
        List<Stretch> half = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i += 2) {
            half.add(
                    i + 1 < stretches.size() ? Stretch.join(stretches.get(i), stretches.get(i + 1)) : stretches.get(i));
        }
        rowsInLast = stretches.size() % 2 == 0 ? 2 * rowsEach : rowsInLast;
        rowsEach *= 2;
        stretches = half;
    }

    /** What was added so far. */
    public List<Stretch> stretches() {
        return List.copyOf(stretches);
    }
}
