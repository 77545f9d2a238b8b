package dev.wattline.sut.session;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.clock.NtpProbe;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.loadgen.LoadgenLogs;
import dev.wattline.sut.loadgen.ShortRanging;
import dev.wattline.sut.output.RunConsole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A runner with folders of its own, before a director that answers from a script. */
abstract class RunnerHarness {
    static final UUID CLIENT = UUID.fromString("8c14f61d-1776-4b23-b328-083fba3d64a8");

    @TempDir
    Path folder;

    Path logs;
    Path out;
    SimpleDirector script;
    ScriptedDirector director;
    NtpProbe ntp = server -> new NtpMeasurement(server, 0.5, 1.0, 2, true, 4);
    final List<HostPort> clockSet = new CopyOnWriteArrayList<>();
    final ByteArrayOutputStream console = new ByteArrayOutputStream();
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

    @BeforeEach
    void startDirector() throws IOException {
        logs = folder.resolve("logs");
        out = folder.resolve("out");
        use(new SimpleDirector(false));
    }

    @AfterEach
    void stopDirector() throws IOException {
        director.close();
    }

    final void use(SimpleDirector answers) throws IOException {
        if (director != null) {
            director.close();
        }
        script = answers;
        director = new ScriptedDirector(line -> script.answer(line));
    }

    String goodWorkload() {
        return LoadgenLogs.workload(logs) + "; echo working";
    }

    Runner runner(String workload, RunOption... options) {
        EnumSet<RunOption> set = EnumSet.noneOf(RunOption.class);
        set.addAll(Arrays.asList(options));
        return new Runner(request(workload, director.address(), set), new RunIdentity("1.2.3", "abcdef0"), around());
    }

    Optional<ShortRanging> shortRanging = Optional.empty();
    RunRecord record = RunRecord.NONE;

    RunRequest request(String workload, HostPort address, Set<RunOption> options) {
        return request(workload, DirectorTarget.plain(address), options);
    }

    RunRequest request(String workload, DirectorTarget target, Set<RunOption> options) {
        return new RunRequest(
                target,
                new HostPort("ntp", 123),
                workload,
                logs,
                out,
                "rig",
                Optional.empty(),
                shortRanging,
                record,
                Optional.empty(),
                Optional.empty(),
                options);
    }

    RunEnvironment around() {
        PrintStream err = new PrintStream(console, true, StandardCharsets.UTF_8);
        return new RunEnvironment(
                TimeSource.system(),
                ZoneOffset.UTC,
                server -> ntp.measure(server),
                clockSet::add,
                () -> CLIENT,
                RunConsole.ofPlainLines(err, false),
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                err);
    }

    static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }
}
