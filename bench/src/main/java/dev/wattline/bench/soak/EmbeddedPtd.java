package dev.wattline.bench.soak;

import dev.wattline.director.analyzer.InProcessPtd;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.mock.scenario.FaultScenario;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs mocks of PTDaemon in this JVM, twenty times as fast as real ones. Safe for use by several threads. */
final class EmbeddedPtd implements PtdLauncher {
    private static final double SPEED = 20;

    private final Path state;
    private final AtomicReference<FaultScenario> next = new AtomicReference<>(FaultScenario.none());
    private final AtomicInteger running = new AtomicInteger();

    /** @param state where the instrument keeps its ranges */
    EmbeddedPtd(Path state) {
        this.state = state;
    }

    /** Lets the next PTDaemon do this; those after it are well again. */
    void arm(FaultScenario scenario) {
        next.set(scenario);
    }

    /** How many were started and not yet closed. */
    int running() {
        return running.get();
    }

    @Override
    public RunningPtd launch(int analyzer, List<String> command, int port, Path output) {
        try {
            OutputStream stdout = Files.newOutputStream(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            MockPtd mock = MockPtd.start(MockPtdOptions.builder(PtdArguments.parse(command.subList(1, command.size())))
                    .startDelay(Duration.ZERO)
                    .speed(SPEED)
                    .stateFile(state)
                    .zone(ZoneOffset.UTC)
                    .scenario(next.getAndSet(FaultScenario.none()))
                    .stdout(stdout)
                    .build());
            running.incrementAndGet();
            return new InProcessPtd(mock.exit(), () -> end(mock, stdout));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + output, e);
        }
    }

    private void end(MockPtd mock, OutputStream stdout) {
        mock.close();
        running.decrementAndGet();
        try {
            stdout.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a mock's output", e);
        }
    }
}
