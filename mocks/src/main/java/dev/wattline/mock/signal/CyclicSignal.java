package dev.wattline.mock.signal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** One constant power after another, again and again; before the start it has been going on for ever. */
public record CyclicSignal(List<PhasedSignal.Step> steps) implements SignalModel {

    /**
     * @throws IllegalArgumentException if the steps take no time
     */
    public CyclicSignal {
        steps = List.copyOf(steps);
        if (!(period(steps) > 0)) {
            throw new IllegalArgumentException("expected steps that take time");
        }
    }

    private static double period(List<PhasedSignal.Step> steps) {
        return steps.stream().mapToDouble(PhasedSignal.Step::seconds).sum();
    }

    @Override
    public double wattsAt(double seconds) {
        double period = period(steps);
        double position = seconds - Math.floor(seconds / period) * period;
        for (PhasedSignal.Step step : steps) {
            position -= step.seconds();
            if (position < 0) {
                return step.watts();
            }
        }
        return steps.get(steps.size() - 1).watts();
    }

    // Exact, because a window of a sensor may hold an edge anywhere.
    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return (joules(toSeconds) - joules(fromSeconds)) / (toSeconds - fromSeconds);
    }

    /** Energy from the start until then, J. */
    private double joules(double seconds) {
        double period = period(steps);
        double cycles = Math.floor(seconds / period);
        double left = seconds - cycles * period;
        double whole = 0;
        double part = 0;
        for (PhasedSignal.Step step : steps) {
            whole += step.watts() * step.seconds();
            part += step.watts() * Math.max(0, Math.min(left, step.seconds()));
            left -= step.seconds();
        }
        return cycles * whole + part;
    }

    /** The greatest power in W. */
    double most() {
        return steps.stream().mapToDouble(PhasedSignal.Step::watts).max().orElse(0);
    }

    /** The moments of its steps that lie from one moment to a later one, in s; in no particular order. */
    DoubleStream edges(double fromSeconds, double toSeconds) {
        double period = period(steps);
        double[] offsets = new double[steps.size()];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + steps.get(i - 1).seconds();
        }
        long first = (long) Math.floor(fromSeconds / period);
        long last = (long) Math.floor(toSeconds / period);
        return LongStream.rangeClosed(first, last)
                .boxed()
                .flatMapToDouble(cycle -> Arrays.stream(offsets).map(offset -> cycle * period + offset))
                .filter(edge -> edge > fromSeconds && edge < toSeconds);
    }

    /**
     * What follows this signal with a time constant, {@code y' = (signal - y) / delay}, in W, exactly.
     *
     * @param delay time constant in s, above 0
     */
    double lowPass(double seconds, double delay) {
        double period = period(steps);
        double position = seconds - Math.floor(seconds / period) * period;
        // At a cycle's begin, where it is the same as at its end.
        double begin = followed(0, period, delay) / -Math.expm1(-period / delay);
        return followed(begin, position, delay);
    }

    private double followed(double begin, double position, double delay) {
        double value = begin;
        double left = position;
        for (PhasedSignal.Step step : steps) {
            double length = Math.max(0, Math.min(left, step.seconds()));
            value -= (value - step.watts()) * -Math.expm1(-length / delay);
            left -= length;
        }
        return value;
    }
}
