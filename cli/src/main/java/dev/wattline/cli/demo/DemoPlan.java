package dev.wattline.cli.demo;

/**
 * What the demo measures.
 *
 * @param workloadSeconds length of the workload in each of the two phases, in s
 * @param settleSeconds how long the director waits before and after a phase, in s; 10 in a real run
 * @param threads threads of the workload
 * @param scenario LoadGen's scenario
 * @param mockOptions what the mock analyzer measures, as {@code mock-ptd} options
 */
public record DemoPlan(int workloadSeconds, double settleSeconds, int threads, String scenario, String mockOptions) {}
