package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.wattline.testing.Ports;
import dev.wattline.testing.SharedData;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every command of {@code docs/week-in-the-lab.md}, in its order, each in the shell of the machine that its prompt names, with
 * the files of {@code configs/week}. Ends as the page says: with status 0, or as the {@code echo $?} behind it tells; and each
 * line that the page shows is printed, {@code ...} standing for any text. Only ports are others.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "agents and campaigns run on Linux")
class WeekInTheLabIT {
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Duration PATIENCE = TestDeadlines.seconds(60);

    private static final Pattern BLOCK =
            Pattern.compile("(<!-- with the sessions of a lab -->\n)?```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROMPT = Pattern.compile("^([a-z-]+)\\$ (.*)$");

    /** What only looks is typed again until it shows what is waited for, as somebody at the machine would. */
    private static final Pattern LOOKS = Pattern.compile("^(grep|wattline suts).*");

    private static final String PUBLISHED = "corpus/v4.1/closed__NVIDIA__H200-SXM-141GBx8_TRT_MaxQ__resnet50__Offline";

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path home;

    private final Map<String, String> ports = Map.of(
            "4950",
            String.valueOf(Ports.free()),
            "8123",
            String.valueOf(Ports.free()),
            "8888",
            String.valueOf(Ports.free()));
    private final Map<String, Shell> shells = new HashMap<>();
    private LauncherSandbox sandbox;

    /** A command of the page and what the page shows of its output. */
    private record Step(String machine, String command, List<String> shown) {}

    @BeforeEach
    void install() throws Exception {
        sandbox = new LauncherSandbox(home, "checkout").withJar();
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("wattline"), sandbox.launcher());
        sandbox.environment.put("PATH", bin + ":" + System.getenv("PATH"));
        sandbox.environment.put("HOME", home.toString());
        sandbox.environment.put("LC_ALL", "C.UTF-8");
        sandbox.run(sandbox.launcher(), "--version"); // makes the class archive
    }

    /** Also the runner of a loop that was killed, which is nobody's child. */
    @AfterEach
    void leave() {
        shells.values().forEach(Shell::close);
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(words -> String.join(" ", words))
                        .orElse("")
                        .contains(home.toString()))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(REPOSITORY.resolve("docs/week-in-the-lab.md")));
        List<String> machines = new ArrayList<>();
        while (block.find()) {
            if (block.group(1) != null && !bringSessions()) {
                continue;
            }
            List<Step> steps = steps(block.group(2));
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                machines.add(step.machine());
                boolean statusFollows =
                        i + 1 < steps.size() && steps.get(i + 1).command().equals("echo $?");
                rehearse(step, statusFollows);
                if (step.command().startsWith("cp -r configs/week")) {
                    setPorts();
                }
            }
        }
        assertThat(machines).contains("desk", "director", "node-a", "node-b").hasSizeGreaterThan(60);
        jobsEndedAsTold();
        nightWasMeasuredAsTold();
    }

    private List<Step> steps(String block) {
        List<Step> steps = new ArrayList<>();
        for (String line : block.split("\n", -1)) {
            Matcher prompt = PROMPT.matcher(line);
            if (prompt.matches()) {
                steps.add(new Step(prompt.group(1), withPorts(prompt.group(2)), new ArrayList<>()));
            } else if (!line.isEmpty()) {
                steps.get(steps.size() - 1).shown().add(withPorts(line));
            }
        }
        return steps;
    }

    private String withPorts(String text) {
        String other = text;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            other = other.replaceAll("\\b" + port.getKey() + "\\b", port.getValue());
        }
        return other;
    }

    /** In the copies; the published session is one of an earlier round than the plan's. */
    private void setPorts() throws IOException {
        for (String file : List.of("director.conf", "node-a/agent.yaml", "node-b/agent.yaml", "node-a/official.yaml")) {
            Path copy = home.resolve("week").resolve(file);
            Files.writeString(copy, withPorts(Files.readString(copy)).replace("round: v5.1", "round: v4.1"));
        }
    }

    private void rehearse(Step step, boolean statusFollows) {
        Shell shell = shells.computeIfAbsent(step.machine(), name -> new Shell(name));
        if (LOOKS.matcher(step.command()).matches()) {
            await().alias(step.toString())
                    .atMost(PATIENCE)
                    .untilAsserted(() -> shows(step, shell.tell(step.command()), statusFollows));
        } else {
            shows(step, shell.tell(step.command()), statusFollows);
        }
    }

    /** Each line that the page shows is there, in this order. */
    private static void shows(Step step, Shell.Told told, boolean statusFollows) {
        String all = step.machine() + "$ " + step.command() + "\n" + told.output();
        if (!statusFollows) {
            assertThat(told.status()).as(all).isZero();
        }
        List<String> printed = told.output().lines().toList();
        int from = 0;
        for (String line : step.shown()) {
            Pattern wanted = Pattern.compile(Stream.of(line.strip().split("\\.\\.\\.", -1))
                    .map(part ->
                            Stream.of(part.split(" +", -1)).map(Pattern::quote).collect(Collectors.joining(" +")))
                    .collect(Collectors.joining(".*")));
            int at = from;
            while (at < printed.size()
                    && !wanted.matcher(printed.get(at).strip()).matches()) {
                at++;
            }
            assertThat(at).as("the line '%s' of%n%s", line, all).isLessThan(printed.size());
            from = at + 1;
        }
    }

    /** What the nights of a lab would leave: two valid sessions of 10 minutes, published ones; false without shared data. */
    private boolean bringSessions() throws IOException {
        Optional<Path> published =
                SharedData.folder().map(data -> data.resolve(PUBLISHED)).filter(Files::isDirectory);
        if (published.isEmpty()) {
            System.err.println("no shared measurement " + PUBLISHED + ": choose and pack of the page were not run");
            return false;
        }
        Path results = home.resolve("week/node-a/results");
        Path journal = results.resolve("lab/campaigns/closed-power/journal.log");
        StringBuilder lines = new StringBuilder(Files.readString(journal));
        String cell =
                Files.readAllLines(journal.resolveSibling("order.tsv")).get(1).split("\t", -1)[0];
        for (int repeat = 1; repeat <= 2; repeat++) {
            String session = "published_" + repeat;
            copy(published.get(), results.resolve(session));
            lines.append("2026-11-27T20:00:00Z\tAttempt\t%s\t%d\t%d\tboot%n".formatted(cell, repeat, 3 - repeat))
                    .append("2026-11-27T21:00:00Z\tVerdict\tVALID\t%s\t%n".formatted(session));
        }
        Files.writeString(journal, lines);
        return true;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void jobsEndedAsTold() throws IOException {
        Map<String, String> ended = new HashMap<>();
        for (JsonNode line : jsonLines(home.resolve("week/logs/lab/queue.journal"))) {
            if (line.path("what").asString().equals("Ended")) {
                ended.put(line.path("job").asString(), line.path("status").asString());
            }
        }
        assertThat(ended)
                .containsEntry("j-1", "complete")
                .containsEntry("j-2", "complete")
                .containsEntry("j-5", "complete");
    }

    /** Two cells, two sessions each: one that was stopped before, and one whose loop was killed. Watts are what was set. */
    private void nightWasMeasuredAsTold() throws IOException {
        Path results = home.resolve("week/node-a/results");
        Path night = results.resolve("lab/campaigns/night");
        assertThat(Files.readAllLines(night.resolve("journal.log")).stream()
                        .map(line -> line.split("\t", -1))
                        .filter(words -> words[1].equals("Verdict"))
                        .map(words -> words[2]))
                .containsExactly("STOPPED", "VALID", "VALID", "VALID", "VALID");
        assertThat(Files.readAllLines(night.resolve("run-table.csv"))).hasSize(5);
        Map<String, Double> capped = new HashMap<>(); // by session, of which the last line counts
        for (JsonNode line : jsonLines(results.resolve(".wattline/index.jsonl"))) {
            if (line.has("metric") && line.path("settings").has("powercap")) {
                double cap = line.path("settings").path("powercap").asInt();
                capped.put(
                        line.path("session").asString(),
                        line.path("metric").path("value").asDouble() / cap);
            }
        }
        assertThat(capped).hasSize(5);
        assertThat(capped.values()).allSatisfy(share -> assertThat(share).isCloseTo(1, within(0.01)));
    }

    private static List<JsonNode> jsonLines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }

    /** A shell at one of the machines, told one command after the other; its variables and background jobs stay. */
    private final class Shell implements AutoCloseable {
        /** What a command printed on both streams, and its exit status. */
        private record Told(String output, int status) {}

        private final Process process;
        private final BufferedWriter in;
        private final Path out;
        private int commands;

        Shell(String machine) {
            out = home.resolve(machine + ".terminal");
            ProcessBuilder builder = new ProcessBuilder("sh")
                    .directory(REPOSITORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().clear();
            builder.environment().putAll(sandbox.environment);
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            in = process.outputWriter(StandardCharsets.UTF_8);
        }

        Told tell(String command) {
            String mark = "told " + ++commands + " ended with ";
            try {
                int before = Files.readString(out).length();
                in.write("(exit ${status:-0}); {\n" + command + "\n} </dev/null; status=$?; echo; echo '" + mark
                        + "'$status.\n");
                in.flush();
                Pattern end = Pattern.compile("\n" + mark + "([0-9]+)\\.\n");
                await().alias(command)
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(PATIENCE)
                        .until(() -> end.matcher(Files.readString(out)).find());
                String all = Files.readString(out).substring(before);
                Matcher found = end.matcher(all);
                assertThat(found.find()).isTrue();
                return new Told(all.substring(0, found.start()), Integer.parseInt(found.group(1)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
