package dev.wattline.cli;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A checkout for tests of the launcher scripts: copies of the scripts in a folder of the scratch folder, and a PATH that
 * leads to the system's tools and to stand-ins that a test writes, but to no Maven and no Java; JAVA_HOME is this JVM's.
 */
final class LauncherSandbox {
    /** Where Maven runs the tests of this module: its own folder. */
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();

    private static final List<String> TOOLS = List.of(
            "sh",
            "env",
            "dirname",
            "readlink",
            "stat",
            "cksum",
            "id",
            "mkdir",
            "mv",
            "rm",
            "cp",
            "cat",
            "chmod",
            "sleep",
            "stty",
            "flock",
            "touch",
            "setpriv");

    /** How a process ended and what it printed. */
    record Outcome(int exitCode, String out, String err) {}

    final Path root;
    final Path tools;
    final Path jar;
    final Map<String, String> environment = new TreeMap<>();
    private final Path scratch;
    private final Map<Process, Integer> started = new HashMap<>(); // with the number of their output files

    LauncherSandbox(Path scratch, String folder) throws IOException {
        this.scratch = scratch;
        root = scratch.resolve(folder);
        tools = Files.createDirectories(scratch.resolve("tools"));
        jar = root.resolve("cli/target/wattline.jar");
        for (String script : List.of("wattline", "bin", "ptd_client_server")) {
            copy(REPOSITORY.resolve(script), root.resolve(script));
        }
        for (String tool : TOOLS) {
            for (String bin : List.of("/usr/bin", "/bin", "/usr/sbin")) {
                if (Files.isExecutable(Path.of(bin, tool))) {
                    tool(tool, "exec " + bin + "/" + tool + " \"$@\"\n");
                    break;
                }
            }
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", tools.toString());
        environment.put("HOME", Files.createDirectories(scratch.resolve("home")).toString());
        // Other users may enter: a test may run the scripts as somebody else.
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Puts the jar of this build in its place, as if Maven had made it there. */
    LauncherSandbox withJar() throws IOException {
        Files.createDirectories(jar.getParent());
        Files.copy(builtJar(), jar);
        return this;
    }

    static Path builtJar() {
        return REPOSITORY.resolve("cli/target/wattline.jar");
    }

    /** A program on PATH that is a shell script. */
    void tool(String name, String script) throws IOException {
        script(tools.resolve(name), script);
    }

    static void script(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A Maven on PATH that notes its arguments in the file {@code mvn.log} and then does the script. */
    void maven(String script) throws IOException {
        tool("mvn", "echo \"$PWD: $*\" >>'" + mavenLog() + "'\n" + script);
    }

    Path mavenLog() {
        return scratch.resolve("mvn.log");
    }

    /** A Java of its own under JAVA_HOME, of the given version, that does the script. */
    void javaHome(String version, String script) throws IOException {
        Path home = scratch.resolve("jdk " + version);
        script(home.resolve("bin/java"), script);
        script(home.resolve("bin/javac"), "exit 1\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        environment.put("JAVA_HOME", home.toString());
    }

    Path launcher() {
        return root.resolve("wattline");
    }

    Process start(Object... command) throws IOException {
        int number = started.size();
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .directory(scratch.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(scratch.resolve("out." + number).toFile())
                .redirectError(scratch.resolve("err." + number).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.put(process, number);
        return process;
    }

    Outcome outcome(Process process) throws IOException, InterruptedException {
        TestDeadlines.exitOf(process, 60);
        Integer number = started.get(process);
        return new Outcome(
                process.exitValue(),
                Files.readString(scratch.resolve("out." + number)),
                Files.readString(scratch.resolve("err." + number)));
    }

    Outcome run(Object... command) throws IOException, InterruptedException {
        return outcome(start(command));
    }

    /** The files in a folder whose names end like this, hidden ones included. */
    static List<String> filesEnding(Path folder, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this test may do what root may. */
    static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
