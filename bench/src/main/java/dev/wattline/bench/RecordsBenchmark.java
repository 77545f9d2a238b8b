package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Questions to an index of so many sessions, each by a process of its own: target 1.5 s and a heap of 128 MiB for 10^5. */
final class RecordsBenchmark implements Benchmark {
    private static final int SESSIONS = 100_000;
    private static final int ROUNDS = 5;
    private static final List<List<String>> QUESTIONS = List.of(
            List.of("--by", "workload,gpus", "--stat"),
            List.of(
                    "--where",
                    "workload=bert-* gpus=8 gpuLimitW<=500 since=2026-02 valid",
                    "--by",
                    "gpuLimitW",
                    "--stat"),
            List.of("--by", "gpus", "--compare", "tags=baseline"),
            List.of("--last", "20"));

    @Override
    public String name() {
        return "records";
    }

    @Override
    public String about() {
        return "questions to an index of sessions, through the launcher: wall time, CPU time, peak memory";
    }

    @Override
    public String usage() {
        return "[sessions=" + SESSIONS + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        int sessions = arguments.isEmpty() ? SESSIONS : Integer.parseInt(arguments.get(0));
        Path folder = Files.createTempDirectory("wattline-records");
        try {
            long bytes = write(folder, sessions);
            ResultTable table = new ResultTable(
                    String.format(
                            Locale.ROOT,
                            "Questions to an index of %d sessions, %.0f MB, heap 128 MiB, median of %d",
                            sessions,
                            bytes / 1e6,
                            ROUNDS),
                    "question",
                    "wall s",
                    "CPU s",
                    "peak MiB");
            for (List<String> question : QUESTIONS) {
                table.row(cells(folder, question));
            }
            return table;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Object[] cells(Path folder, List<String> question) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(System.getProperty("wattline.launcher", "./wattline"), "results", "-d", folder.toString()));
        command.addAll(question);
        List<ChildUsage> usages = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ChildUsage usage = ChildUsage.of(command, TimeSource.system());
            if (usage.exitCode() != 0) {
                throw new IllegalStateException(command + " ended with exit status " + usage.exitCode());
            }
            usages.add(usage);
        }
        usages.sort(Comparator.comparingDouble(ChildUsage::wallMillis));
        ChildUsage median = usages.get(ROUNDS / 2);
        return new Object[] {
            String.join(" ", question),
            String.format(Locale.ROOT, "%.2f", median.wallMillis() / 1e3),
            String.format(Locale.ROOT, "%.2f", median.cpuMillis() / 1e3),
            String.format(Locale.ROOT, "%.0f", median.peakKib() / 1024.0)
        };
    }

    /** Lines as long as real ones, about 1.4 KB; returns the size of the index. */
    private static long write(Path folder, int sessions) throws IOException {
        Path file = folder.resolve(".wattline/index.jsonl");
        Files.createDirectories(folder.resolve(".wattline"));
        Random random = new Random(7);
        String[] workloads = {"bert-offline", "bert-server", "resnet-offline", "sgemm", "dlrm-offline"};
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < sessions; i++) {
                double watts = 500 + random.nextInt(4) * 1000 + random.nextGaussian() * 5;
                out.write(String.format(
                        Locale.ROOT,
                        "{\"v\":1,\"session\":\"2026-01-01_00-00-00_%1$d\",\"kind\":\"official\","
                                + "\"sut\":\"h200-03\",\"workload\":\"%2$s\",\"params\":{\"gpus\":\"%3$d\",\"batch\":\"128\"},"
                                + "\"settings\":{\"boost\":\"on\"},\"machine\":{\"firmware\":\"American Megatrends 3.2 2025-04-01\",\"os\":"
                                + "\"Ubuntu 24.04.1 LTS\",\"kernel\":\"Linux 6.8.0-45-generic\",\"cpu\":\"INTEL(R) XEON(R) PLATINUM 8592+\","
                                + "\"governor\":\"performance x 256\",\"turbo\":\"on\",\"gpus\":8,\"gpu\":\"NVIDIA H200\",\"gpuLimitW\":%4$d.0},"
                                + "\"start\":\"2026-%5$02d-01T10:00:00Z\",\"seconds\":{\"ranging\":312.0,\"testing\":655.0,\"all\":1130.0},"
                                + "\"outcome\":\"complete\",\"suspect\":[],\"loadgen\":\"VALID\",\"scenario\":\"Offline\",\"round\":\"v5.1\","
                                + "\"checks\":{\"pass\":9,\"fail\":2,\"failing\":[\"Check client sources checksum\",\"Check server sources"
                                + " checksum\"]},\"verdict\":\"suspect\",\"valid\":true,\"metric\":{\"value\":%6$.6f,\"unit\":\"W\",\"lo\":%7$.6f,"
                                + "\"hi\":%8$.6f,\"clean\":true},\"power\":{\"mean\":%6$.6f},\"energyJ\":%9$.6f,\"efficiency\":{\"value\":1.25,"
                                + "\"unit\":\"samples/J\"},\"peaks\":{\"ranging\":[{\"analyzer\":\"WT333E C2PH13047V\",\"channel\":\"channel 1\","
                                + "\"V\":239.4,\"A\":%10$.6f,\"W\":%6$.6f}],\"testing\":[{\"analyzer\":\"WT333E C2PH13047V\",\"channel\":"
                                + "\"channel 1\",\"V\":239.4,\"A\":%10$.6f,\"W\":%6$.6f}]},\"analyzers\":[\"WT333E C2PH13047V\"],\"versions\":"
                                + "{\"wattline\":\"0.1.0\",\"ptd\":\"1.11.1\",\"driver\":\"570.86.15\"},\"folder\":\"2026-01-01_00-00-00_%1$d\","
                                + "\"bytes\":1834221,\"tags\":[%11$s]}",
                        i,
                        workloads[random.nextInt(workloads.length)],
                        1 << random.nextInt(4),
                        300 + 50 * random.nextInt(9),
                        1 + i * 11L / sessions,
                        watts,
                        watts - 20,
                        watts + 20,
                        watts * 600,
                        watts / 230,
                        i % 10 == 0 ? "\"baseline\"" : ""));
                out.newLine();
            }
        }
        return Files.size(file);
    }
}
