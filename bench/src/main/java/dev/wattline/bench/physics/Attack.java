package dev.wattline.bench.physics;

/** What a run does to break an assumption of the method. */
public enum Attack {
    /** Nothing beyond the physics of every run. */
    NONE,
    /** The load repeats in step, or nearly, with the sensor's updates, with the polls or with the analyzer's seconds. */
    LOAD_IN_STEP,
    /** CPU load and fans step with the GPUs at once, and by far more than the method takes for usual. */
    TIED_FOLLOWERS,
    /** The SUT's clock drifts by 50 to 200 ppm and is set three to six times, each time by up to half a second. */
    CLOCK,
    /** Half of the cards begin late, and as many end early. */
    LATE_AND_EARLY,
    /** Four to twelve holes of 2 to 15 s, a third of them over a step of the load. */
    HOLES,
    /** 10 to 40 % of the polls are missing, by chance. */
    MISSING_POLLS,
    /** Half of the cards die in the run: they fall silent, or repeat their last reading. */
    DEAD_CARDS,
    /** Gain and offset far outside the population: 10 to 15 % and 20 to 30 W off. */
    CARDS_OUT_OF_RANGE,
    /** Windows of 5 to 20 s that end or begin up to 1.2 s beyond a step. */
    STEPS_AT_ENDS
}
