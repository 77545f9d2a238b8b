package dev.wattline.cli.doctor;

import dev.wattline.model.WattlineException;

/** A check whose failure was met while the checks were put together. */
record FailedCheck(String name, WattlineException failure) implements DoctorCheck {
    @Override
    public CheckOutcome run() {
        return CheckOutcome.fail(failure);
    }
}
