package dev.wattline.bench.spine;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the measurements are made with.
 *
 * @param launcher the {@code wattline} script
 * @param scripts the folder of the Python scripts that drive the reference
 * @param peer a checkout of the reference; empty if there is none
 * @param folder for files; emptied by whoever made it
 */
public record SpineContext(Path launcher, Path scripts, Optional<Path> peer, Path folder, TimeSource time) {

    /** A folder of its own below {@link #folder}. */
    Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(folder, name);
    }

    /** The lean flags with which the launcher starts director and runner, for a class of ours that is no command. */
    List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xss256k",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command line of {@code wattline} with these arguments. */
    List<String> wattline(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The command line of one of our scripts, which load the reference from the checkout given first. */
    List<String> python(Path checkout, String script, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("python3", scripts.resolve(script).toString(), checkout.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    Child start(String name, List<String> command, Map<String, String> environment) throws IOException {
        return Child.start(name, command, environment, folder);
    }

    /** A port that nobody has at the moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Lets time pass that belongs to the measurement, such as a rest before it. */
    static void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
