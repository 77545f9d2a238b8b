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
    /** Power of all GPUs in the default signal in W, and for how many twentieths of the workload. */
    private static final int[][] STEPS = {{440, 3}, {560, 1}, {500, 4}, {380, 1}, {580, 6}, {460, 1}, {560, 4}};

    private static final int PARTS = 20;
    private static final int CPU_PERIOD = 5; // in twentieths

    public DemoPlan {
        smiOptions = List.copyOf(smiOptions);
    }

    /**
     * What the demo measures if not told otherwise, as {@code mock-ptd} and {@code mock-smi} take it: a server whose GPUs
     * run through a cycle, with a CPU load beside them, fans that follow late, and a supply's curve. Cycle and CPU load
     * repeat with the workload, so that both phases hold the same energy wherever in it they begin.
     *
     * @param seconds length of the workload in s
     */
    public static String signal(int seconds) {
        return "server,gpus="
                + Arrays.stream(STEPS)
                        .map(step -> step[0] + "x" + part(seconds, step[1]))
                        .collect(Collectors.joining("/"))
                + ",base=100,cpu=40,cpu-period=" + part(seconds, CPU_PERIOD) + ",fans=0.03,delay=20";
    }

    private static String part(int seconds, int parts) {
        return BigDecimal.valueOf(seconds)
                .multiply(BigDecimal.valueOf(parts))
                .divide(BigDecimal.valueOf(PARTS))
                .stripTrailingZeros()
                .toPlainString();
    }
}
