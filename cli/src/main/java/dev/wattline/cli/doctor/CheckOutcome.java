package dev.wattline.cli.doctor;

import dev.wattline.model.WattlineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a check found.
 *
 * @param cause what was looked at and what was seen
 * @param remedy what to do about it; empty if there is nothing to do
 * @param values the numbers behind the cause, each named with its unit, in the order in which they were added
 */
public record CheckOutcome(Status status, String cause, String remedy, Map<String, Number> values) {

    public CheckOutcome {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // Map.copyOf has no order
    }

    static CheckOutcome pass(String cause) {
        return new CheckOutcome(Status.PASS, cause, "", Map.of());
    }

    static CheckOutcome warn(String cause, String remedy) {
        return new CheckOutcome(Status.WARN, cause, remedy, Map.of());
    }

    static CheckOutcome fail(String cause, String remedy) {
        return new CheckOutcome(Status.FAIL, cause, remedy, Map.of());
    }

    /** A failure in the failure's own words. */
    static CheckOutcome fail(WattlineException failure) {
        return fail(String.valueOf(failure.getMessage()), failure.remedy().orElse(""));
    }

    /** The same with a number more. */
    CheckOutcome with(String name, Number value) {
        Map<String, Number> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new CheckOutcome(status, cause, remedy, more);
    }
}
