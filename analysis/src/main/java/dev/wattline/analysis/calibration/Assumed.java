package dev.wattline.analysis.calibration;

/** What is assumed rather than measured, in one place; told in each result that rests on it. */
public final class Assumed {
    /** Change of a model from day to day, as a share of power. */
    public static final double DAY_SHARE = 0.004;

    /** Change of a model from day to day, as a share of the highest power. */
    public static final double DAY_OF_TOP = 0.0038;

    /** The same of a management controller's meter. */
    public static final double NODE_DAY_OF_TOP = 0.002;

    /** Growth of that with age, as a share of power a month. */
    public static final double AGE_SHARE_A_MONTH = 0.002;

    /** Months after which a calibration that was not checked is refused. */
    public static final double OLDEST_MONTHS = 24;

    /**
     * What no source sees of another kind of load (network, disks), as a share of power: anywhere from 0 to 3 %.
     */
    public static final double UNSEEN_SHARE = 0.015;

    static final double UNSEEN_SIGMA = 0.0087;

    /** The same of memory without a rail, as a share of the highest power. */
    static final double MEMORY_SIGMA = 0.008;

    /**
     * By how much less than the staircase's load others draw for the same activity: 70 to 110 % of it, so that two standard
     * deviations reach over both.
     */
    static final double ACTIVITY_SHARE = 0.10;

    static final double ACTIVITY_SIGMA = 0.10;

    /** Of processors that nothing sees: so that two standard deviations reach from idle to full. */
    static final double UNKNOWN_CPU_SIGMA = 0.27;

    /** Uncertainty of what goes beyond the calibrated range. */
    static final double OUTSIDE_SHARE = 0.05;

    /**
     * Uncertainty of power for each degree that cards, packages or the incoming air are outside of the calibrated range, as
     * a share of it: leakage and fans follow temperature.
     */
    static final double DEGREE_SHARE = 0.002;

    /** How far beyond the range a figure is given at all. */
    static final double OUTSIDE_MOST = 0.15;

    /** Correlation of the errors of a wall model and a management controller's. */
    static final double MODEL_NODE_CORRELATION = 0.3;

    private Assumed() {}
}
