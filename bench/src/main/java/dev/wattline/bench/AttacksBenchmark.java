package dev.wattline.bench;

import dev.wattline.bench.physics.Attack;
import dev.wattline.bench.physics.ServerCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Whether intervals hold on simulated servers that try to break each assumption of the method. */
final class AttacksBenchmark implements Benchmark {
    private static final int RUNS = 20;
    private static final long SEED = 1;

    @Override
    public String name() {
        return "attacks";
    }

    @Override
    public String about() {
        return "share of statements that hold on simulated servers made to break an assumption: "
                + String.join(", ", kinds().stream().map(Attack::name).toList());
    }

    @Override
    public String usage() {
        return "[runs of each kind=" + RUNS + "] [first seed=" + SEED + "] [one kind]";
    }

    private static List<Attack> kinds() {
        return Arrays.stream(Attack.values())
                .filter(kind -> kind != Attack.NONE)
                .toList();
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException {
        int runs = arguments.isEmpty() ? RUNS : Integer.parseInt(arguments.get(0));
        long seed = arguments.size() < 2 ? SEED : Long.parseLong(arguments.get(1));
        List<Attack> kinds = arguments.size() < 3 ? kinds() : List.of(Attack.valueOf(arguments.get(2)));
        Path folder = Files.createTempDirectory("attacks");
        ResultTable table = new ResultTable(
                runs + " runs of each attack, seeds from " + seed,
                "attack: statement",
                "made",
                "none given",
                "inside %",
                "median ±");
        for (Attack kind : kinds) {
            ServerCoverage coverage = new ServerCoverage(folder);
            for (int i = 0; i < runs; i++) {
                coverage.attack(kind, seed + i);
            }
            System.err.println(kind + ": " + runs + " runs");
            coverage.statements().forEach((name, share) -> CoverageBenchmark.row(table, kind + ": " + name, share));
            coverage.refusals().forEach((reason, count) -> table.row(kind + ": none: " + reason, "", count, "", ""));
            coverage.misses().forEach(miss -> table.row(kind + ": " + miss, "", "", "", ""));
        }
        for (String name : List.of("nvidia-smi.csv", "spl.txt")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
        return table;
    }
}
