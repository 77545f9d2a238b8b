package dev.wattline.cli.demo;

import java.util.List;

/**
 * What the demo measures.
 *
 * @param workloadSeconds length of the workload in each of the two phases, in s
 * @param settleSeconds how long the director waits before and after a phase, in s; 10 in a real run
 * @param threads threads of the workload
 * @param scenario LoadGen's scenario
 * @param analyzerOptions what the mock analyzer measures, as {@code mock-ptd} options in one line for a shell
 * @param cards the mock cards that nvidia-smi reads
 * @param smiOptions what the mock nvidia-smi sees beside its cards' own options, as {@code mock-smi} options
 */
public record DemoPlan(
        int workloadSeconds,
        double settleSeconds,
        int threads,
        String scenario,
        String analyzerOptions,
        DemoCards cards,
        List<String> smiOptions) {
    public DemoPlan {
        smiOptions = List.copyOf(smiOptions);
    }
}
