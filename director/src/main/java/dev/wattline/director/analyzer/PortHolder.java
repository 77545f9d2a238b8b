package dev.wattline.director.analyzer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out whether a TCP port is taken, and by whom where the operating system tells (Linux, own processes or root). */
public final class PortHolder {
    private static final String LISTENING = "0A"; // TCP_LISTEN in /proc/net/tcp
    private static final Pattern JAVA = Pattern.compile(
            "(?:\\S*/)?java(?: -(?:cp|classpath|-class-path) \\S+| -(?!jar |cp |classpath |-class-path )\\S+)*(?: -jar)?"
                    + " (?<program>[^- ].*)");

    private PortHolder() {}

    /** Whether a server could listen on the port; nothing is connected to, so that whoever listens is not disturbed. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(port), 1);
            return true;
        } catch (IOException e) {
            return false; // that is the answer
        }
    }

    /** The process that listens, such as {@code process 4711 (/opt/ptd -l ...)}; empty if the system does not tell. */
    public static Optional<String> find(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            sockets.addAll(listeners(Path.of(table), port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), sockets))
                .findFirst()
                .map(process -> "process " + process.pid()
                        + process.info()
                                .commandLine()
                                .map(line -> " (" + shown(line) + ")")
                                .orElse(""));
    }

    /**
     * A command line for a message: its first line; of a Java program what it was told, without what the JVM was told,
     * which is long and says nothing of the program.
     */
    static String shown(String commandLine) {
        String line = commandLine.lines().findFirst().orElse("");
        Matcher java = JAVA.matcher(line);
        return java.matches() ? java.group("program").replaceFirst("^dev\\.wattline\\.cli\\.Main", "wattline") : line;
    }

    private static Set<String> listeners(Path table, int port) {
        Set<String> inodes = new HashSet<>();
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try (Stream<String> lines = Files.lines(table)) {
            lines.map(line -> line.strip().split("\\s+"))
                    .filter(f -> f.length > 9 && f[1].endsWith(suffix) && f[3].equals(LISTENING))
                    .forEach(f -> inodes.add("socket:[" + f[9] + "]"));
        } catch (IOException e) {
            return inodes; // no such table on this system: nobody can be named
        }
        return inodes;
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException | SecurityException e) {
            return false; // it ended meanwhile, or is somebody else's
        }
        return false;
    }
}
