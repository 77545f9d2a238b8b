package dev.wattline.cli.demo;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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
    /** Steps of the default signal, W, and their lengths in fifths of the workload's. */
    private static final int[][] STEPS = {{560, 1}, {660, 1}, {600, 1}, {700, 2}};

    public DemoPlan {
        smiOptions = List.copyOf(smiOptions);
    }

    /**
     * What the demo measures if not told otherwise, as {@code mock-ptd} and {@code mock-smi} take it: a cycle as long as
     * the workload, so that both phases hold the same energy wherever in it they begin.
     *
     * @param seconds length of the workload in s
     */
    public static String signal(int seconds) {
        return "cycle,steps="
                + Arrays.stream(STEPS)
                        .map(step -> step[0] + "x"
                                + BigDecimal.valueOf(seconds)
                                        .multiply(BigDecimal.valueOf(step[1]))
                                        .divide(BigDecimal.valueOf(5))
                                        .stripTrailingZeros()
                                        .toPlainString())
                        .collect(Collectors.joining("/"));
    }
}
