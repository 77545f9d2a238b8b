package dev.wattline.cli.doctor;

import dev.wattline.director.analyzer.InProcessPtd;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A director's machine for tests: a configuration in a folder, and mocks instead of PTDaemons. */
final class LabDirector {
    private final Path folder;
    private final Queue<MockPtd> launched = new ConcurrentLinkedQueue<>();

    LabDirector(Path folder) {
        this.folder = folder;
    }

    /** A configuration with one analyzer. */
    DirectorConfig configuration(int controlPort, int ptdPort, int deviceType, String wattline) throws IOException {
        return DirectorConfig.load(
                        file(controlPort, ptdPort, deviceType, "/opt/ptd", "127.0.0.1:123", wattline), true, Map.of())
                .config();
    }

    /** The same as a file. */
    Path file(int controlPort, int ptdPort, int deviceType, String ptd, String ntp, String wattline)
            throws IOException {
        return Files.writeString(
                folder.resolve("director.conf"), """
                [server]
                ntpServer: %s
                listen: 127.0.0.1 %d
                [ptd]
                ptd: %s
                [analyzer1]
                deviceType: %d
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d
                [wattline]
                %s
                """.formatted(ntp, controlPort, ptd, deviceType, ptdPort, wattline));
    }

    static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    /** Starts mocks with a device type of their own choice. */
    PtdLauncher mocks(int type) {
        return (analyzer, command, port, output) ->
                start(MockPtdOptions.builder(PtdArguments.parse(List.of("-p", port + "", type + "", "/dev/usbtmc0")))
                        .startDelay(Duration.ofMillis(10)));
    }

    /** Starts mocks that never listen. */
    PtdLauncher hangingMocks() {
        return (analyzer, command, port, output) ->
                start(MockPtdOptions.builder(PtdArguments.parse(List.of("-p", port + "", "49", "/dev/usbtmc0")))
                        .startDelay(Duration.ofMinutes(5)));
    }

    private RunningPtd start(MockPtdOptions.Builder options) {
        MockPtd mock =
                MockPtd.start(options.stdout(OutputStream.nullOutputStream()).build());
        launched.add(mock);
        return new InProcessPtd(mock.exit(), mock::close);
    }

    int launches() {
        return launched.size();
    }

    /** Whether every mock that was started has been ended. */
    boolean allEnded() {
        return launched.stream().allMatch(mock -> mock.exit().isDone());
    }
}
