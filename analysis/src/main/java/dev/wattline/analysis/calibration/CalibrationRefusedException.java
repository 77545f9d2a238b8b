package dev.wattline.analysis.calibration;

import dev.wattline.model.WattlineException;
import org.jspecify.annotations.Nullable;

/** A calibration that would not hold is not made, or one that was made is not used. */
public final class CalibrationRefusedException extends WattlineException {
    /** @param remedy what to do; null where there is nothing */
    public CalibrationRefusedException(String what, @Nullable String remedy) {
        super(what, remedy, null);
    }
}
