package dev.wattline.bench.spine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running process has used so far, as Linux tells in {@code /proc} (see proc(5)).
 *
 * @param cpuTicks user and system time of all its threads, ended ones included, in ticks of 10 ms
 * @param rssKib resident memory now
 * @param peakKib resident memory at most so far
 * @param ranNanos what the scheduler counts for each thread that runs now, in ns by its folder in {@code /proc}: exact
 *     where ticks are coarse
 * @param switches context switches of all threads that run now, whether they waited or were pushed aside
 * @param threads threads that run now
 */
record ProcessUsage(long cpuTicks, long rssKib, long peakKib, Map<Path, Long> ranNanos, long switches, int threads) {
    /** The unit in which Linux tells CPU time to programs, whatever its own is. */
    static final double TICK_MILLIS = 10;

    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+([0-9]+)");

    /**
     * Looks at a process.
     *
     * @throws IOException if it is gone, or this is not Linux
     */
    static ProcessUsage of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        String status = read(proc.resolve("status"));
        Map<Path, Long> ran = new HashMap<>();
        long switches = 0;
        int threads = 0;
        for (Path task : tasks(proc)) {
            Optional<String> ofThread = readIfThere(task.resolve("status"));
            readIfThere(task.resolve("schedstat")).ifPresent(text -> ran.put(task, ran(text)));
            switches += ofThread.map(text -> sum(SWITCHES, text)).orElse(0L);
            threads += ofThread.isPresent() ? 1 : 0;
        }
        return new ProcessUsage(
                ticks(read(proc.resolve("stat"))),
                sum(RSS, status),
                sum(PEAK, status),
                Map.copyOf(ran),
                switches,
                threads);
    }

    /** CPU time used between an earlier look and this one, in ms. */
    double cpuMillisSince(ProcessUsage earlier) {
        return (cpuTicks - earlier.cpuTicks) * TICK_MILLIS;
    }

    /**
     * What the threads that run now ran since an earlier look, in ms; one that ended since adds nothing, and takes nothing
     * from the others.
     *
     * @throws IOException if the system does not count that
     */
    double ranMillisSince(ProcessUsage earlier) throws IOException {
        long now = 0;
        long sinceThen = 0;
        for (Map.Entry<Path, Long> thread : ranNanos.entrySet()) {
            now += thread.getValue();
            sinceThen += thread.getValue() - earlier.ranNanos.getOrDefault(thread.getKey(), 0L);
        }
        if (now == 0) {
            throw new IOException("/proc/PID/task/*/schedstat tells nothing: this system's scheduler does not count");
        }
        return sinceThen / 1e6;
    }

    double peakMib() {
        return peakKib / 1024.0;
    }

    double rssMib() {
        return rssKib / 1024.0;
    }

    /** Fields 14 and 15; they are counted behind the program's name, which may hold blanks and brackets. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** The sum of a number over all lines that hold it: both kinds of switches have the same words in them. */
    static long sum(Pattern pattern, String text) {
        long sum = 0;
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            sum += Long.parseLong(matcher.group(1));
        }
        return sum;
    }

    /** The first of three numbers. */
    static long ran(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    /** Empty if the thread has ended since the list was made. */
    private static Optional<String> readIfThere(Path file) throws IOException {
        try {
            return Optional.of(read(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<Path> tasks(Path proc) throws IOException {
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            return tasks.toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
