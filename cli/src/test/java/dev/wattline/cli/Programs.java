package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wattline's commands as processes of their own, of the classes under test; what they say goes into files of one folder. */
final class Programs {
    private static final Duration START = TestDeadlines.seconds(60);
    private static final Pattern PORT = Pattern.compile("(?:requests on|ready: listening on) \\S*:(\\d+)");

    /** How one ended, and what it wrote to both of its streams. */
    record Outcome(int status, String output) {}

    private final Path folder;
    private final List<Process> servers = new ArrayList<>();

    Programs(Path folder) {
        this.folder = folder;
    }

    /** The words that start Wattline, to which a command's are appended. */
    static List<String> jvm() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    /** A command as one line for a shell. */
    static String shellCommand(String... arguments) {
        List<String> words = new ArrayList<>(jvm());
        words.addAll(List.of(arguments));
        return "'" + String.join("' '", words) + "'";
    }

    /** A script in the folder that runs a command with the arguments that the script is given behind these. */
    Path script(String name, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\nexec " + shellCommand(arguments) + " \"$@\"\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Starts a command, in the folder. */
    Process start(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(jvm());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
    }

    /** Starts a command and waits until it has ended. */
    Outcome run(String name, String... arguments) throws IOException, InterruptedException {
        Process process = start(name, List.of(arguments));
        TestDeadlines.exitOf(process, 60);
        return new Outcome(process.exitValue(), output(name));
    }

    /** Starts a server that lives until the end, and waits for the port that it says it listens on. */
    String serve(String name, String... arguments) throws IOException {
        Process server = start(name, List.of(arguments));
        servers.add(server);
        await().atMost(START).until(() -> {
            assertThat(server.isAlive()).as(() -> output(name)).isTrue();
            return PORT.matcher(output(name)).find();
        });
        Matcher port = PORT.matcher(output(name));
        assertThat(port.find()).isTrue();
        return port.group(1);
    }

    /** What a program has said so far. */
    String output(String name) {
        try {
            return Files.readString(folder.resolve(name + ".out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the servers. */
    void endServers() throws InterruptedException {
        for (Process server : servers) {
            server.destroy();
        }
        for (Process server : servers) {
            server.waitFor(20, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
    }
}
