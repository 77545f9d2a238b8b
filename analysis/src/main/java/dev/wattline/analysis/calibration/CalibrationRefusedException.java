package dev.wattline.analysis.calibration;

import dev.wattline.model.WattlineException;
import dev.wattline.model.finding.Finding;
import org.jspecify.annotations.Nullable;

/** A calibration that would not hold is not made, or one that was made is not used. */
public final class CalibrationRefusedException extends WattlineException {
    private final transient Finding finding;

    /**
     * @param finding the reason, whose id begins with {@code calibration-}
     * @param remedy what to do; null where there is nothing
     */
    public CalibrationRefusedException(Finding finding, @Nullable String remedy) {
        super(finding.message(), remedy, null);
        this.finding = finding;
    }

    /** The reason with its id and the numbers. */
    public Finding finding() {
        return finding;
    }
}
