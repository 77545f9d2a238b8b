package dev.wattline.mock.signal;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How busy the processors of this machine are, 0 to 1, since the last time it was asked. */
public interface CpuMeter {

    /** Utilisation since the previous call, or since some moment before if it is the first. */
    double utilisation();

    /** From {@code /proc/stat} where there is one, else what the JVM knows of the machine. */
    static CpuMeter system() {
        Path stat = Path.of("/proc/stat");
        if (Files.isReadable(stat)) {
            return new ProcStat(stat);
        }
        return new Jvm();
    }

    /** The first line of {@code /proc/stat}: jiffies since boot as user, nice, system, idle, iowait and others. */
    final class ProcStat implements CpuMeter {
        private final Path file;
        private long busyBefore;
        private long allBefore;
        private double latest;

        ProcStat(Path file) {
            this.file = file;
            utilisation(); // what was before the start does not count
        }

        @Override
        public synchronized double utilisation() {
            Optional<String> line = firstLine();
            if (line.isEmpty()) {
                return latest;
            }
            String[] fields = line.get().trim().split("\\s+");
            long all = 0;
            long idle = 0;
            // Guest time (fields 9 and 10) is contained in user and nice already.
            for (int i = 1; i < Math.min(fields.length, 9); i++) {
                long jiffies = Long.parseLong(fields[i]);
                all += jiffies;
                idle += i == 4 || i == 5 ? jiffies : 0;
            }
            long busy = all - idle;
            if (all > allBefore) {
                latest = Math.max(0, Math.min(1, (double) (busy - busyBefore) / (all - allBefore)));
            }
            busyBefore = busy;
            allBefore = all;
            return latest;
        }

        private Optional<String> firstLine() {
            try (var lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                return Optional.ofNullable(lines.readLine()).filter(line -> line.startsWith("cpu"));
            } catch (IOException e) {
                return Optional.empty(); // unreadable for a moment: the latest value holds
            }
        }
    }

    /** What the JVM knows. */
    final class Jvm implements CpuMeter {
        @Override
        public double utilisation() {
            if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean) {
                double load = bean.getCpuLoad();
                return load >= 0 ? load : 0; // negative: not known yet
            }
            return 0;
        }
    }
}
