package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The director as a process of its own, with the mock for PTDaemon as another: signals, kill -9, what it cannot start with. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and a shell script for PTDaemon")
class DirectorProcessIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int PATIENCE_SECONDS = 60;
    private static final Duration PATIENCE = TestDeadlines.seconds(PATIENCE_SECONDS);
    private static final Pattern READY = Pattern.compile("ready: listening on [^:]+:(\\d+)");

    @TempDir
    private Path folder;

    private SntpServer ntp;
    private int ptdPort;
    private final List<Process> started = new ArrayList<>();

    DirectorProcessIT() throws IOException {
        ntp = SntpServer.start(new HostPort("127.0.0.1", 0), TimeSource.system(), Duration.ZERO);
    }

    @BeforeEach
    void configure() throws IOException {
        ptdPort = Ports.free();
        Path ptd = Files.writeString(
                folder.resolve("ptd"),
                "#!/bin/sh\nexec '" + JAVA + "' -jar '" + LauncherSandbox.builtJar() + "' mock-ptd --state '"
                        + folder.resolve("instrument") + "' --signal constant,watts=200 \"$@\"\n");
        Files.setPosixFilePermissions(ptd, PosixFilePermissions.fromString("rwxr-xr-x"));
        configure(ptd);
    }

    private void configure(Path ptd) throws IOException {
        Files.writeString(
                folder.resolve("director.conf"), """
                [server]
                ntpServer: 127.0.0.1:%d
                listen: 127.0.0.1 0
                [ptd]
                ptd: %s
                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d
                [wattline]
                settle: 0.2
                ptdStart: 300
                """.formatted(ntp.address().port(), ptd, ptdPort));
    }

    @AfterEach
    void endEverything() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        ntp.close();
    }

    @Test
    void sigtermClosesTheSessionAndRestoresTheRange() throws Exception {
        Process director = start();
        try (Client client = new Client(port())) {
            String id = client.measureUntilTesting();
            assertThat(instrument()).contains("amps.1 = fixed 2.0");

            director.destroy();

            TestDeadlines.exitOf(director, PATIENCE_SECONDS);
            assertThat(director.exitValue()).isEqualTo(ExitCode.FAILURE.code());
            assertThat(instrument()).contains("amps.1 = fixed 5.0");
            assertThat(Files.readString(folder.resolve("logs").resolve(id).resolve("run_1/spl.txt")))
                    .contains(id + "_testing");
            assertThat(Files.readString(folder.resolve("logs").resolve(id).resolve("power/server.json")))
                    .contains("\"outcome\": \"failed\"");
            assertThat(director.descendants()).isEmpty();
        }
    }

    @Test
    void anIdleDirectorEndsWithStatusZero() throws Exception {
        Process director = start();
        port();

        director.destroy();

        TestDeadlines.exitOf(director, PATIENCE_SECONDS);
        assertThat(director.exitValue()).isZero();
        assertThat(folder.resolve("logs/director.log")).content().contains("ready: listening");
    }

    @Test
    void theSuccessorOfAKilledDirectorPutsThingsRight() throws Exception {
        Process killed = start();
        String id;
        List<ProcessHandle> orphans;
        try (Client client = new Client(port())) {
            id = client.measureUntilTesting();
            orphans = killed.descendants().toList();
            killed.destroyForcibly();
            TestDeadlines.exitOf(killed, PATIENCE_SECONDS);
        }
        assertThat(orphans).isNotEmpty().allMatch(ProcessHandle::isAlive);
        assertThat(instrument()).contains("amps.1 = fixed 2.0");
        Files.delete(folder.resolve("out"));

        start();
        try (Client client = new Client(port())) {
            assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            assertThat(instrument()).contains("amps.1 = fixed 5.0");
            assertThat(client.ask("download," + id + ",power/server.json")).matches("\\d+");
            assertThat(folder.resolve("logs").resolve(id).resolve("run_1/spl.txt"))
                    .content()
                    .contains(id + "_testing");
        }
        try (Client client = new Client(port())) {
            client.measureUntilTesting();
            assertThat(client.ask("session,*,stop,testing")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
    }

    @Test
    void saysWhoHasPtdaemonsPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(ptdPort)) {
            Process director = start();

            TestDeadlines.exitOf(director, PATIENCE_SECONDS);
            assertThat(director.exitValue()).isEqualTo(ExitCode.FAILURE.code());
            assertThat(output()).contains("its port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void saysThatPtdaemonIsMissing() throws Exception {
        configure(folder.resolve("nowhere/ptd"));

        Process director = start();

        TestDeadlines.exitOf(director, PATIENCE_SECONDS);
        assertThat(director.exitValue()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(output()).contains("could not run PTDaemon", "Check the key 'ptd'");
    }

    @Test
    void saysThatNtpDoesNotAnswer() throws Exception {
        ntp.close();

        Process director = start();

        TestDeadlines.exitOf(director, PATIENCE_SECONDS);
        assertThat(director.exitValue()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(output()).contains("NTP server");
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder(
                        JAVA,
                        "-jar",
                        LauncherSandbox.builtJar().toString(),
                        "director",
                        "-c",
                        folder.resolve("director.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    /** Waits until the director is ready and returns its port. */
    private int port() {
        await().atMost(PATIENCE).until(() -> READY.matcher(output()).find());
        try {
            Matcher ready = READY.matcher(output());
            assertThat(ready.find()).isTrue();
            return Integer.parseInt(ready.group(1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String instrument() throws IOException {
        return Files.readString(folder.resolve("instrument"));
    }

    /** A client on a bare socket. */
    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;

        Client(int port) throws IOException {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(ask("mlcommons/power client v3")).isEqualTo("mlcommons/power server v3");
        }

        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return String.valueOf(in.readLine());
        }

        /** Opens a session and goes on until the testing phase has its first samples; returns its id. */
        String measureUntilTesting() throws IOException {
            String reply = ask("new,it," + UUID.randomUUID());
            assertThat(reply).startsWith("OK ");
            String id = reply.substring(3, reply.indexOf(','));
            assertThat(ask("session,*,start,ranging")).isEqualTo("OK");
            assertThat(ask("session,*,stop,ranging")).isEqualTo("OK");
            assertThat(ask("session,*,start,testing")).isEqualTo("OK");
            Path rows = folder.resolve("logs").resolve(id).resolve("analyzers/ptd_logfile_1.log");
            await().atMost(PATIENCE)
                    .until(() -> Files.readAllLines(rows).stream()
                                    .filter(row -> row.contains(id + "_testing"))
                                    .count()
                            >= 2);
            return id;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
