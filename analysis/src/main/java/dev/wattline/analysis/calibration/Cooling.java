package dev.wattline.analysis.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What sources told of fans and temperatures over a time, by source and sensor. Both bear on the power at the wall without
 * being seen in that of GPUs and processors.
 *
 * @param fans speeds in rpm, or in percent where the machine tells no more; a fan at 0 stands still
 * @param temperatures in degrees Celsius
 */
public record Cooling(SortedMap<String, Course> fans, SortedMap<String, Course> temperatures) {
    /** Nothing was told. */
    public static final Cooling NONE = new Cooling(new TreeMap<>(), new TreeMap<>());

    /** How far outside a temperature is told; less is within what sensors are read to. */
    private static final double TOLD_C = 1;

    public Cooling {
        fans = Collections.unmodifiableSortedMap(new TreeMap<>(fans));
        temperatures = Collections.unmodifiableSortedMap(new TreeMap<>(temperatures));
    }

    /**
     * Readings of one sensor.
     *
     * @param low the lowest
     * @param mean their mean
     * @param high the highest
     */
    public record Course(double low, double mean, double high) {
        private Course joined(Course other) {
            return new Course(Math.min(low, other.low), (mean + other.mean) / 2, Math.max(high, other.high));
        }
    }

    /**
     * What differs from a calibration.
     *
     * @param stopped fans that stand still and never did while calibrated, in words
     * @param told what makes wall power less certain, in words
     * @param outsideC how far the temperature furthest outside of the calibrated range is outside, in degrees
     */
    public record Changes(List<String> stopped, List<String> told, double outsideC) {
        public Changes {
            stopped = List.copyOf(stopped);
            told = List.copyOf(told);
        }
    }

    /** Fans that show 0, as one that stands still does, and a connector without one. */
    public List<String> still() {
        return fans.entrySet().stream()
                .filter(fan -> fan.getValue().low() <= 0)
                .map(Entry::getKey)
                .toList();
    }

    /** What both of two times told. */
    Cooling and(Cooling other) {
        return new Cooling(joined(fans, other.fans), joined(temperatures, other.temperatures));
    }

    private static SortedMap<String, Course> joined(Map<String, Course> one, Map<String, Course> other) {
        SortedMap<String, Course> all = new TreeMap<>(one);
        other.forEach((name, course) -> all.merge(name, course, Course::joined));
        return all;
    }

    /** Compares what is told now with what was when calibrated. */
    public Changes changes(Cooling now) {
        List<String> stopped = new ArrayList<>();
        List<String> told = new ArrayList<>();
        fans(now, stopped, told);
        double outside = 0;
        for (Entry<String, Course> was : temperatures.entrySet()) {
            Course is = now.temperatures.get(was.getKey());
            if (is == null) {
                continue;
            }
            double beyond =
                    Math.max(is.mean() - was.getValue().high(), was.getValue().low() - is.mean());
            if (beyond > TOLD_C) {
                told.add(String.format(
                        Locale.ROOT,
                        "outside the calibrated range: %s was at %.0f °C, and at %.0f to %.0f °C when calibrated",
                        was.getKey(),
                        is.mean(),
                        was.getValue().low(),
                        was.getValue().high()));
                outside = Math.max(outside, beyond);
            }
        }
        if (!temperatures.isEmpty() && Collections.disjoint(temperatures.keySet(), now.temperatures.keySet())) {
            told.add("no temperature was read that was when calibrated: whether it is in range is not known");
        }
        return new Changes(stopped, told, outside);
    }

    private void fans(Cooling now, List<String> stopped, List<String> told) {
        if (now.fans.isEmpty()) {
            told.add("fans were not watched: a dead one moves wall power by some 0.7 %");
            return;
        }
        if (fans.isEmpty()) {
            told.add("fans were not compared: the calibration does not know at what speed they ran");
            return;
        }
        for (Entry<String, Course> was : fans.entrySet()) {
            Course is = now.fans.get(was.getKey());
            if (is == null) {
                told.add("fan " + was.getKey() + " was read when calibrated and is not now: it may have failed");
            } else if (is.low() <= 0 && was.getValue().low() > 0) {
                stopped.add("fan " + was.getKey() + " stands still, and ran at "
                        + Math.round(was.getValue().low()) + " or more when calibrated");
            }
        }
    }
}
