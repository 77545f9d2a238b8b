package dev.wattline.analysis;

import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.sensor.UpdatePeriod;
import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.model.SensorTable;

/**
 * One card's readings without an analyzer beside them, for energy with its error over any interval: a function of the
 * readings and nothing else, so that a fleet's telemetry can be worked through card by card on many machines. The card has
 * the population's gain and offset. For one thread.
 */
public final class CardReadings {
    private static final double INTEGER_QUANTUM_W = 1;
    private static final double QUANTUM_W = 0.01;

    private final PowerSeries series;
    private final PollStats polls;
    private final SensorModel model;
    private final Readings readings;
    private final double quantumW;

    private CardReadings(PowerSeries series, PollStats polls, SensorModel model) {
        this.series = series;
        this.polls = polls;
        this.model = model;
        this.readings = Readings.of(series, model, polls.medianMs(), 0);
        this.quantumW = series.isWholeWatts() ? INTEGER_QUANTUM_W : QUANTUM_W;
    }

    /**
     * @param series two readings or more, in order of time, stamps in UTC
     * @param card the card's name as nvidia-smi gives it; empty if it is not known
     * @param field the power field, such as {@code power.draw}
     */
    public static CardReadings of(PowerSeries series, String card, String field) {
        PollStats polls = PollStats.of(series);
        UpdatePeriod period = PeriodDetector.detect(series, polls.medianMs(), SensorTable.periods(card, field, ""));
        return new CardReadings(
                series, polls, SensorModel.resolve(null, period, SensorTable.find(card, field, ""), field));
    }

    /**
     * The mean power of an interval with its error.
     *
     * @param fromMs begin in ms since the epoch
     * @param toMs end in ms since the epoch
     */
    public PhaseBudget over(double fromMs, double toMs) {
        return PhaseBudget.of(readings, fromMs, toMs, Calibration.PRIOR, model.lagSigmaS(), quantumW);
    }

    /** Time of the first reading in ms since the epoch. */
    public double firstMs() {
        return series.firstMs();
    }

    /** Time of the last reading in ms since the epoch. */
    public double lastMs() {
        return series.lastMs();
    }

    /** How many readings there are. */
    public int size() {
        return series.size();
    }

    /** The intervals between the readings, and the gaps. */
    public PollStats polls() {
        return polls;
    }

    /** What is known of the sensor. */
    public SensorModel model() {
        return model;
    }
}
