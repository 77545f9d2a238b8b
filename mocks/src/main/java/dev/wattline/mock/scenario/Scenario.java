package dev.wattline.mock.scenario;

import java.util.List;

/**
 * The faults of a mock's life.
 *
 * @param description what it is for, in a sentence
 * @param faults faults in the order in which they act if several are due at once
 * @param ignoresSigterm whether the process outlives a SIGTERM; only a mock that is a process of its own can
 */
public record Scenario(String description, List<Fault> faults, boolean ignoresSigterm) {
    public Scenario {
        faults = List.copyOf(faults);
    }

    /** A mock without a fault. */
    public static Scenario none() {
        return new Scenario("", List.of(), false);
    }

    /** These faults. */
    public static Scenario of(Fault... faults) {
        return new Scenario("", List.of(faults), false);
    }
}
