package dev.wattline.mock.scenario;

import java.util.List;

/**
 * The faults of a mock's life.
 *
 * @param description what it is for, in a sentence
 * @param faults faults in the order in which they act if several are due at once
 * @param ignoresSigterm whether the process outlives a SIGTERM; only a mock that is a process of its own can
 */
public record FaultScenario(String description, List<Fault> faults, boolean ignoresSigterm) {
    public FaultScenario {
        faults = List.copyOf(faults);
    }

    /** A mock without a fault. */
    public static FaultScenario none() {
        return new FaultScenario("", List.of(), false);
    }

    /** These faults. */
    public static FaultScenario of(Fault... faults) {
        return new FaultScenario("", List.of(faults), false);
    }
}
