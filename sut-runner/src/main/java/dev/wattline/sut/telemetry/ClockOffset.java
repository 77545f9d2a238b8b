package dev.wattline.sut.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * This machine's clock minus the director's, in ms; nulls where it was not measured.
 *
 * @param uncertaintyMillis half of the round trip it was measured over
 */
public record ClockOffset(@Nullable Double millis, @Nullable Double uncertaintyMillis) {
    /** Not measured. */
    public static final ClockOffset UNKNOWN = new ClockOffset(null, null);
}
