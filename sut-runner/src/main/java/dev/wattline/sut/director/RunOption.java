package dev.wattline.sut.director;

/** The switches of a run. */
public enum RunOption {
    /** Put the session into OUTDIR itself, not into a folder named after the session. */
    NO_TIMESTAMP_PATH,
    /** Delete INDIR before the run. */
    FORCE,
    /** Ask the director to stop after this session. */
    STOP_DIRECTOR,
    /** Wait while the director serves someone else. */
    WAIT_WHILE_BUSY,
    /** Set the clocks of both machines by NTP where they are off. */
    SET_CLOCK,
    /** Speak protocol v3 only, as the reference client does, also to a director that knows more. */
    PLAIN_V3,
    /** Show watts and samples while the workload runs, also where there is no terminal. */
    LIVE,
    /** Let the workload finish when the director reports that the measurement is lost. */
    CONTINUE_ON_FAULT,
    /** Fail the run, instead of marking it suspect, when this machine or the director stood still for more than 3 s. */
    FAIL_IF_SUSPENDED,
    /** Leave out of the session what this machine tells of itself. */
    NO_SYSTEM_FACTS,
    /** End after the ranging phase: the session tells the load's peaks, and is no submission. */
    RANGING_ONLY,
    /** The session is for its owner alone: what would spoil a submission is allowed. */
    PROFILE
}
