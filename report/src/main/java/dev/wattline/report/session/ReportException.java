package dev.wattline.report.session;

import dev.wattline.model.WattlineException;

/** A report could not be written. */
public final class ReportException extends WattlineException {
    ReportException(String message, String remedy, Throwable cause) {
        super(message, remedy, cause);
    }
}
