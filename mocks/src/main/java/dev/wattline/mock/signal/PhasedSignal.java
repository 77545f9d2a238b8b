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
}
