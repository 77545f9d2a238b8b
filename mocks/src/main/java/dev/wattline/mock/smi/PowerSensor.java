package dev.wattline.mock.smi;

import dev.wattline.mock.signal.SignalModel;

/**
 * A power register: updated every {@code period}, each time with the mean of the true power over the {@code window}
 * that ended {@code delay} earlier, times a gain, plus an offset, rounded to the quantum. Between updates it stands
 * still, however often it is read. All times in seconds since the signal's start; for one thread.
 */
final class PowerSensor {
    private final SignalModel power;
    private final Parameters parameters;
    private long update = Long.MIN_VALUE;
    private double value;

    /**
     * What a sensor is like.
     *
     * @param phase when its first update is, 0 to the period
     * @param quantum step of its values in W
     */
    record Parameters(
            double period, double window, double delay, double phase, double gain, double offset, double quantum) {}

    PowerSensor(SignalModel power, Parameters parameters) {
        this.power = power;
        this.parameters = parameters;
    }

    Parameters parameters() {
        return parameters;
    }

    /** The register's value in W at this moment. */
    double read(double seconds) {
        long current = (long) Math.floor((seconds - parameters.phase()) / parameters.period());
        if (current != update) {
            update = current;
            double end = parameters.phase() + current * parameters.period() - parameters.delay();
            double mean = power.meanWatts(end - parameters.window(), end);
            double raw = Math.max(0, parameters.gain() * mean + parameters.offset());
            value = Math.rint(raw / parameters.quantum()) * parameters.quantum();
        }
        return value;
    }
}
