package dev.wattline.analysis.sensor;

/**
 * Gain and offset of a card, {@code reading = gain * power + offset}, with their standard uncertainties.
 *
 * @param gain g
 * @param gainSigma absolute standard uncertainty of g
 * @param offsetW o in W
 * @param offsetSigmaW standard uncertainty of o in W
 * @param prior whether this is the population of cards and not this card
 */
public record Calibration(double gain, double gainSigma, double offsetW, double offsetSigmaW, boolean prior) {
    /**
     * What 23 cards showed against an external meter (GPU_Power_Benchmark, Overall_Results.xlsx): a 95 % statement about
     * cards, so that one in twenty lies outside.
     */
    public static final Calibration PRIOR = new Calibration(0.993, 0.035, -1.7, 7.2, true);

    /**
     * Of a sensor that is no NVIDIA card's, such as a Jetson's: nobody has compared its kind with a meter, so a gain within
     * 10 % and an offset within 2 W are assumed.
     */
    public static final Calibration UNKNOWN_KIND = new Calibration(1, 0.05, 0, 1, true);

    /** Relative uncertainty of the gain where a file gives none. */
    public static final double DEFAULT_GAIN_SIGMA = 0.01;

    /** Uncertainty of the offset in W where a file gives none. */
    public static final double DEFAULT_OFFSET_SIGMA_W = 1.5;

    public Calibration {
        if (!(gain > 0) || !(gainSigma >= 0) || !(offsetSigmaW >= 0) || Double.isNaN(offsetW)) {
            throw new IllegalArgumentException("gain " + gain + " ± " + gainSigma + ", offset " + offsetW + " ± "
                    + offsetSigmaW + " W: the gain must be positive and no uncertainty negative");
        }
    }

    /** The true power behind a reading in W. */
    public double power(double reading) {
        return (reading - offsetW) / gain;
    }
}
