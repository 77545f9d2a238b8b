package dev.wattline.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How to start another {@code wattline} of this same build: by the launcher that started this one, else by this JVM. */
public final class SelfCommand {
    /** Set by the launcher script to its own path. */
    static final String LAUNCHER = "wattline.launcher";

    private final List<String> prefix;

    private SelfCommand(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    public static SelfCommand find() {
        return of(System.getProperty(LAUNCHER), Path.of(System.getProperty("java.home")), classPath());
    }

    static SelfCommand of(@Nullable String launcher, Path javaHome, String classPath) {
        if (launcher != null && !launcher.isEmpty()) {
            return new SelfCommand(List.of(launcher));
        }
        return new SelfCommand(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                classPath,
                "dev.wattline.cli.Main"));
    }

    // Relative entries would be lost with the working folder.
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        return Stream.of(System.getProperty("java.class.path").split(separator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(separator));
    }

    /** The command line of {@code wattline} with these arguments. */
    public List<String> with(String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(arguments));
        return command;
    }

    /** The same as one line for a POSIX shell. */
    String shellLine(String... arguments) {
        return with(arguments).stream().map(SelfCommand::quote).collect(Collectors.joining(" "));
    }

    /** The program as somebody types it who works in this folder. */
    String typedIn(Path workingFolder) {
        Path program = Path.of(prefix.get(0));
        boolean here = prefix.size() > 1 || workingFolder.toAbsolutePath().equals(program.getParent());
        return here ? "./wattline" : quote(program.toString());
    }

    /** Writes a script that runs {@code wattline <arguments> "$@"}, for what must be the path of one program. */
    void writeScript(Path script, String... arguments) throws IOException {
        Files.writeString(script, "#!/bin/sh\nexec " + shellLine(arguments) + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A word as a POSIX shell takes it for one. */
    static String quote(String word) {
        return word.matches("[-_./:=+A-Za-z0-9]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
