package dev.wattline.cli.doctor;

/** One thing to look at before a run. It is run once, beside the others. */
public interface DoctorCheck {

    /** What is looked at, in a few words; no two checks of a doctor have the same. */
    String name();

    /**
     * Looks. A {@link dev.wattline.model.WattlineException} counts as a failed check with that cause and remedy.
     *
     * @throws InterruptedException if the doctor's time is over; what the check started is then ended
     */
    CheckOutcome run() throws InterruptedException;

    /** Waits until a check that was interrupted has ended what it started; most have started nothing. */
    default void settle() throws InterruptedException {}
}
