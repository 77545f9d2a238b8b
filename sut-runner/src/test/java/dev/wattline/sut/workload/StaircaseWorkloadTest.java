package dev.wattline.sut.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.workload.Staircase.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StaircaseWorkloadTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Staircase.Length.class)
    void levelsOfCardsAndProcessorsDoNotGoTogetherAndTheTestComesLast(Staircase.Length length) {
        Staircase staircase = Staircase.of(length, true, 4, 7);

        List<Step> fitted =
                staircase.steps().stream().filter(step -> !step.holdOut()).toList();
        List<Step> kept =
                staircase.steps().subList(fitted.size(), staircase.steps().size());
        assertThat(kept).isNotEmpty().allMatch(Step::holdOut);
        assertThat(kept.stream().mapToInt(Step::seconds).sum()).isGreaterThanOrEqualTo(60);
        assertThat(fitted.stream().map(step -> List.of(step.gpu(), step.cpu())).distinct())
                .hasSizeGreaterThanOrEqualTo(8);
        assertThat(correlation(fitted)).isLessThan(0.5);
        assertThat(staircase).isEqualTo(Staircase.of(length, true, 4, 7));
    }

    private static double correlation(List<Step> steps) {
        double gpu = steps.stream().mapToDouble(Step::gpu).average().orElseThrow();
        double cpu = steps.stream().mapToDouble(Step::cpu).average().orElseThrow();
        double both = 0;
        double gpus = 0;
        double cpus = 0;
        for (Step step : steps) {
            both += (step.gpu() - gpu) * (step.cpu() - cpu);
            gpus += Math.pow(step.gpu() - gpu, 2);
            cpus += Math.pow(step.cpu() - cpu, 2);
        }
        return both / Math.sqrt(gpus * cpus);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the command is that of POSIX")
    void eachStepIsRunAndWrittenAndTheCardsGetTheirShare() throws IOException {
        Path script = Files.writeString(
                folder.resolve("burn"), "#!/bin/sh\necho \"$@\" >> " + folder.resolve("said") + "\nexec sleep 60\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Staircase steps = new Staircase(List.of(
                new Step("idle", 1, 0, 0, Staircase.ALL, false),
                new Step("level", 1, 0.25, 1, Staircase.ALL, false),
                new Step("card", 1, 1, 0, 1, true)));
        StaircaseWorkload.Plan plan = new StaircaseWorkload.Plan(
                steps, 2, List.of(script.toString(), "{percent}", "{seconds}", "{card}"), 2, folder.resolve("out"));

        CommandClock clock = new CommandClock(folder.resolve("said"));

        Path file = new StaircaseWorkload(plan, clock, clock::begins).run();

        assertThat(Files.readAllLines(folder.resolve("said"))).containsExactly("25 1 all", "100 1 1");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(2)).endsWith(",level,0.25,1.0,false");
        assertThat(lines.get(3)).endsWith(",card,0.5,0.0,true");
        String[] cells = lines.get(2).split(",");
        assertThat(Long.parseLong(cells[1]) - Long.parseLong(cells[0])).isGreaterThanOrEqualTo(1000);
    }

    /** Stands still in each step until the cards' command has said with what it was called, however long it starts. */
    private static final class CommandClock implements TimeSource {
        private final Path said;
        private int commands;
        private boolean stands;
        private long nanos;
        private long readAt = TimeSource.system().nanoTime();

        CommandClock(Path said) {
            this.said = said;
        }

        synchronized void begins(String step) {
            commands += step.startsWith("idle") ? 0 : 1;
            stands = commands > 0;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanoTime());
        }

        @Override
        public synchronized long nanoTime() {
            long real = TimeSource.system().nanoTime();
            stands = stands && lines() < commands;
            nanos += stands ? 0 : real - readAt;
            readAt = real;
            return nanos;
        }

        private long lines() {
            try {
                return Files.exists(said) ? Files.readAllLines(said).size() : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void commandThatFailsIsToldAndOneThatCannotLoadInPartIsRefused() {
        Staircase steps = new Staircase(List.of(new Step("level", 1, 1, 0, Staircase.ALL, false)));
        StaircaseWorkload.Plan missing =
                new StaircaseWorkload.Plan(steps, 1, List.of("no-such-program-here", "{percent}"), 0, folder);

        assertThatThrownBy(() -> new StaircaseWorkload(missing, TimeSource.system(), step -> {}).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("no-such-program-here");
        assertThatThrownBy(() -> new StaircaseWorkload.Plan(steps, 1, List.of("burn"), 0, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{percent}");
    }
}
