package dev.wattline.mock.signal;

import java.util.List;

/** One constant power after another; the last one stays. */
public record PhasedSignal(List<Step> steps) implements SignalModel {

    /** Power for some seconds. */
    public record Step(double watts, double seconds) {}

    /**
     * @throws IllegalArgumentException if there is no step
     */
    public PhasedSignal {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("expected at least one step");
        }
    }

    @Override
    public double wattsAt(double seconds) {
        double end = 0;
        for (Step step : steps) {
            end += step.seconds();
            if (seconds < end) {
                return step.watts();
            }
        }
        return steps.get(steps.size() - 1).watts();
    }

    // Exact, because a window of a sensor may hold an edge anywhere.
    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        double sum = 0;
        double begin = Double.NEGATIVE_INFINITY;
        double end = 0;
        for (int i = 0; i < steps.size(); i++) {
            end = i == steps.size() - 1
                    ? Double.POSITIVE_INFINITY
                    : end + steps.get(i).seconds();
            double inside = Math.min(end, toSeconds) - Math.max(begin, fromSeconds);
            sum += Math.max(0, inside) * steps.get(i).watts();
            begin = end;
        }
        return sum / (toSeconds - fromSeconds);
    }
}
