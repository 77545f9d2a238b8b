package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a child process took from its start to its end: wall and CPU time as the shell's {@code times} counts them, and
 * its peak resident set as last seen in {@code /proc} (Linux; 0 elsewhere), looked at every few milliseconds.
 *
 * @param wallMillis wall time
 * @param cpuMillis  user and system time of the process and its children
 * @param peakKib    VmHWM of the process itself
 * @param exitCode   how it ended
 */
record ChildUsage(double wallMillis, double cpuMillis, long peakKib, int exitCode) {
    private static final Pattern TIMES = Pattern.compile("([0-9]+)m([0-9.]+)s ([0-9]+)m([0-9.]+)s");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
    private static final int LOOK_MILLIS = 5;

    /** Runs a command to its end with nothing on stdin and its output thrown away. */
    static ChildUsage of(List<String> command, TimeSource time) throws IOException, InterruptedException {
        Path times = Files.createTempFile("wattline-bench", ".times");
        try {
            // The shell outlives the command, and its "times" then speaks of the command alone.
            List<String> shell =
                    new ArrayList<>(List.of("sh", "-c", "t=$1; shift; \"$@\"; s=$?; times >\"$t\"; exit $s", "sh"));
            shell.add(times.toString());
            shell.addAll(command);
            long started = time.nanoTime();
            Process process = new ProcessBuilder(shell)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long peak = 0;
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peakKib(process.toHandle()));
            }
            double wall = (time.nanoTime() - started) / 1e6;
            List<String> told = Files.readAllLines(times);
            if (told.isEmpty()) { // a signal to the whole group, by 'timeout' for instance, ends the shell too
                throw new IllegalStateException("the shell of " + command
                        + " was ended before it could tell times, exit status " + process.exitValue());
            }
            return new ChildUsage(wall, cpuMillis(told), peak, process.exitValue());
        } finally {
            Files.delete(times);
        }
    }

    private static long peakKib(ProcessHandle shell) {
        return shell.descendants()
                .mapToLong(child -> vmHwm(Path.of("/proc", String.valueOf(child.pid()), "status")))
                .max()
                .orElse(0);
    }

    private static long vmHwm(Path status) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(status));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (IOException e) {
            return 0; // it has just ended, or this is not Linux
        }
    }

    /** The second line of {@code times} is that of the shell's children: user, then system time. */
    private static double cpuMillis(List<String> times) {
        Matcher children = TIMES.matcher(times.size() > 1 ? times.get(1) : "");
        if (!children.matches()) {
            throw new IllegalStateException("the shell's times printed " + times);
        }
        return 60_000 * (Integer.parseInt(children.group(1)) + Integer.parseInt(children.group(3)))
                + 1_000 * (Double.parseDouble(children.group(2)) + Double.parseDouble(children.group(4)));
    }
}
