package dev.wattline.sut.workload;

/** The LoadGen scenarios that the built-in workload imitates; the names are LoadGen's. */
public enum Scenario {
    /** One query of many samples: every thread computes products of its own; the metric is samples a second. */
    Offline,
    /** One query after the other, each a product that all threads share; the metric is the 90th percentile latency. */
    SingleStream
}
