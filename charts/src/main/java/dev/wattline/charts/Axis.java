package dev.wattline.charts;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one side of a chart measures, and from where to where.
 *
 * @param label the quantity with its unit
 * @param low lower end; seconds since the epoch on an axis of time
 * @param high upper end; not below {@code low}
 * @param marks the values that are named, in place of round numbers; empty for these
 */
public record Axis(String label, Kind kind, double low, double high, List<Mark> marks) {
    private static final double MILLIS = 1e3;

    /** A value that is named on an axis. */
    public record Mark(double value, String name) {}

    /** How values are spread over an axis. */
    public enum Kind {
        /** Evenly; the ends are widened to round numbers. */
        LINEAR,
        /** Evenly; the ends are as they are, and only what is marked is named. */
        EVEN,
        /** By their logarithm. */
        LOG,
        /** Evenly, told as a time of day in UTC. */
        TIME
    }

    public Axis {
        marks = List.copyOf(marks);
        if (!Double.isFinite(low) || !Double.isFinite(high) || high < low) {
            throw new IllegalArgumentException("the axis \"" + label + "\" cannot go from " + low + " to " + high);
        }
        if (kind == Kind.LOG && low <= 0) {
            throw new IllegalArgumentException("the logarithmic axis \"" + label + "\" cannot begin at " + low);
        }
    }

    public static Axis linear(String label, double low, double high) {
        return new Axis(label, Kind.LINEAR, low, high, List.of());
    }

    public static Axis log(String label, double low, double high) {
        return new Axis(label, Kind.LOG, low, high, List.of());
    }

    public static Axis time(String label, Instant from, Instant to) {
        return new Axis(label, Kind.TIME, seconds(from), seconds(to), List.of());
    }

    /** An axis of names, evenly spread: the first has the value 0, the next 1. There must be one at least. */
    public static Axis names(String label, List<String> names) {
        List<Mark> marks = IntStream.range(0, names.size())
                .mapToObj(i -> new Mark(i, names.get(i)))
                .toList();
        return new Axis(label, Kind.EVEN, -0.5, names.size() - 0.5, marks);
    }

    /** The same with these values named in place of round numbers. */
    public Axis marked(List<Mark> named) {
        return new Axis(label, kind, low, high, named);
    }

    /** An instant as a value of an axis of time. */
    public static double seconds(Instant instant) {
        return instant.toEpochMilli() / MILLIS;
    }

    Scale scale(double from, double to) {
        Scale scale = switch (kind) {
            case LINEAR -> Scale.linear(low, high, from, to);
            case EVEN -> Scale.even(low, high, from, to);
            case LOG -> Scale.log(low, high, from, to);
            case TIME -> Scale.time(low, high, from, to);
        };
        return marks.isEmpty() ? scale : scale.named(marks);
    }
}
