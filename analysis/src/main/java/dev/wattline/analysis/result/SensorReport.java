package dev.wattline.analysis.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code wattline sensor} found. A number that the samples do not give is NaN, in JSON {@code null}, with the reason
 * beside it.
 *
 * @param schema {@code gpu-sensor/1}
 * @param smi the nvidia-smi log
 * @param smiZone zone of its stamps
 * @param zoneSource {@code user}, {@code inferred} or {@code none}
 * @param reference the external meter's log, empty without one
 * @param quality the log's quality
 * @param sensors each GPU's power columns
 * @param warnings what a reader must know
 */
public record SensorReport(
        String schema,
        String smi,
        String smiZone,
        String zoneSource,
        String reference,
        Quality quality,
        List<Sensor> sensors,
        List<String> warnings) {
    /** The schema's name and version. */
    public static final String SCHEMA = "gpu-sensor/1";

    /**
     * One power column of one GPU.
     *
     * @param key the GPU
     * @param name the card's name, empty if not known
     * @param field the power field
     * @param pollMedianMs median poll interval in ms
     * @param changes how often the reading changed
     * @param wholeWatts whether its readings are whole watts
     * @param stuck whether it hardly changed although the GPU's utilisation did
     * @param period the update period
     * @param window the averaging window; null without a reference
     * @param table what the table of cards says; null if it does not know the card
     * @param coverage share of the time seen by these polls, with the best window known; NaN if none is
     * @param coverageSource {@code detected}, {@code table} or {@code unknown}
     * @param energy the energy by each method against the reference; null without one
     * @param phaseShift the coverage error of this sensor on the reference's load; null without one
     * @param noCalibration why gain and offset are no calibration; empty where they are, or where there are none
     */
    public record Sensor(
            String key,
            String name,
            String field,
            double pollMedianMs,
            int changes,
            boolean wholeWatts,
            boolean stuck,
            Period period,
            @Nullable Window window,
            @Nullable Table table,
            double coverage,
            String coverageSource,
            @Nullable Energy energy,
            @Nullable PhaseShift phaseShift,
            String noCalibration) {
        /** The same with another window, and with what speaks against its gain and offset as a calibration. */
        public Sensor judged(@Nullable Window judged, String objection) {
            return new Sensor(
                    key,
                    name,
                    field,
                    pollMedianMs,
                    changes,
                    wholeWatts,
                    stuck,
                    period,
                    judged,
                    table,
                    coverage,
                    coverageSource,
                    energy,
                    phaseShift,
                    objection);
        }
    }

    /**
     * Update period.
     *
     * @param periodMs T in ms; NaN where it is not identifiable
     * @param candidateMs what changes show that polls slower than a third of it cannot prove, in ms; NaN otherwise
     * @param sigmaMs standard uncertainty of T in ms; NaN with fewer than 80 changes
     * @param r concentration of the changes on multiples of T, 0...1
     * @param status {@code identified}, {@code table-confirmed} or {@code not-identifiable}
     * @param reason why not identified
     * @param indexLsMs cross-check by least squares over counted periods, in ms
     * @param indexLsResidualRmsMs its residual in ms
     * @param indexLsValid whether it is a check at all
     */
    public record Period(
            double periodMs,
            double candidateMs,
            double sigmaMs,
            double r,
            String status,
            String reason,
            double indexLsMs,
            double indexLsResidualRmsMs,
            boolean indexLsValid) {}

    /**
     * Averaging window, delay, gain and offset.
     *
     * @param windowMs W in ms
     * @param windowCi95Ms profile interval of W in ms
     * @param delayMs d in ms, against the middles between polls
     * @param gain g
     * @param gainSigma its standard uncertainty from the regression
     * @param offsetW o in W
     * @param offsetSigmaW its standard uncertainty in W
     * @param r2 share of variance explained
     * @param rmseW residual RMS in W
     * @param updates updates used
     * @param accepted whether the sensor follows the model
     * @param identifiable whether W is known to better than 40 %
     * @param reason why not
     */
    public record Window(
            double windowMs,
            Interval windowCi95Ms,
            double delayMs,
            double gain,
            double gainSigma,
            double offsetW,
            double offsetSigmaW,
            double r2,
            double rmseW,
            int updates,
            boolean accepted,
            boolean identifiable,
            String reason) {
        /** The same with another interval of the window in ms. */
        public Window withWindowCi(Interval interval) {
            return new Window(
                    windowMs,
                    interval,
                    delayMs,
                    gain,
                    gainSigma,
                    offsetW,
                    offsetSigmaW,
                    r2,
                    rmseW,
                    updates,
                    accepted,
                    identifiable,
                    reason);
        }
    }

    /**
     * The table's entry.
     *
     * @param periodMs T in ms
     * @param windowMs W in ms; NaN for an RC sensor
     * @param generation what it holds for
     */
    public record Table(double periodMs, double windowMs, String generation) {}

    /**
     * Energy over the load against the reference: errors in percent of the true energy.
     *
     * @param start begin of the load, UTC
     * @param end end of the load, UTC
     * @param trueJ energy by the reference in J
     * @param meanPct plain mean of the polls
     * @param zohPct each poll held
     * @param trapezoidPct linear between polls
     * @param shiftedPct the trapezoid with stamps moved to the middle of what they saw
     * @param calibratedPct that with the given gain and offset; NaN if none was given
     * @param selfPct that with gain and offset of this fit
     * @param updatesPct one value per update
     * @param guardPct guard band
     * @param guardBiasPct bound of the guard band's own bias
     * @param guardUsable whether that bound is below 1 %
     * @param valid whether holes in the log take at most 5 % of the time
     * @param holesPct what those holes may hide, to both sides, in percent of the true energy; 0 without any
     */
    public record Energy(
            Instant start,
            Instant end,
            double trueJ,
            double meanPct,
            double zohPct,
            double trapezoidPct,
            double shiftedPct,
            double calibratedPct,
            double selfPct,
            double updatesPct,
            double guardPct,
            double guardBiasPct,
            boolean guardUsable,
            boolean valid,
            double holesPct) {}

    /**
     * Coverage error alone, from the sensor simulated on the reference at 200 phases, gain and offset exact.
     *
     * @param everyUpdate every update read
     * @param polled1Hz one update a second read; NaNs if the load is shorter than 3 s
     */
    public record PhaseShift(Spread everyUpdate, Spread polled1Hz) {}

    /**
     * Spread of an error.
     *
     * @param biasPct mean in percent
     * @param sdPct standard deviation in percent
     * @param rangePct smallest and largest in percent
     */
    public record Spread(double biasPct, double sdPct, Interval rangePct) {}
}
