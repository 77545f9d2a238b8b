package dev.wattline.director;

import dev.wattline.director.analyzer.InProcessPtd;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the mock PTDaemon within the test, with the command line that the director made. */
public final class EmbeddedPtd implements PtdLauncher {
    /** Chooses the options of a mock. */
    public interface Choice {
        /** @param launch how many PTDaemons this analyzer had, this one included: the first is that of the check at the start */
        MockPtdOptions.Builder choose(int analyzer, int launch, MockPtdOptions.Builder builder);
    }

    private final Choice options;
    private final Path states;
    private final Map<Integer, Integer> launches = new ConcurrentHashMap<>();
    private final Map<Integer, MockPtd> running = new ConcurrentHashMap<>();

    /** @param states where the instruments keep their ranges */
    public EmbeddedPtd(Path states, Choice options) {
        this.states = states;
        this.options = options;
    }

    /** Mocks that tick twenty times as fast as real ones and start at once. */
    public static EmbeddedPtd fast(Path states) {
        return new EmbeddedPtd(states, (analyzer, launch, builder) -> builder.speed(20));
    }

    @Override
    public RunningPtd launch(int analyzer, List<String> command, int port, Path output) {
        try {
            OutputStream stdout = Files.newOutputStream(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            MockPtdOptions.Builder builder = MockPtdOptions.builder(
                            PtdArguments.parse(command.subList(1, command.size())))
                    .startDelay(Duration.ofMillis(10))
                    .stateFile(states.resolve("instrument-" + analyzer))
                    .zone(ZoneOffset.UTC)
                    .stdout(stdout);
            int launch = launches.merge(analyzer, 1, Integer::sum);
            MockPtd mock =
                    MockPtd.start(options.choose(analyzer, launch, builder).build());
            running.put(analyzer, mock);
            return new InProcessPtd(mock.exit(), () -> end(mock, stdout));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the PTDaemon of an analyzer as if it had died. */
    public void kill(int analyzer) {
        Objects.requireNonNull(running.get(analyzer)).close();
    }

    private static void end(MockPtd mock, OutputStream stdout) {
        mock.close();
        try {
            stdout.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
