package dev.wattline.bench.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * What this JVM holds on to.
 *
 * @param heapBytes in use behind a collection
 * @param handles open files and sockets; 0 where the system does not tell
 * @param threads alive
 */
public record Footprint(long heapBytes, long handles, int threads) {
    private static final int COLLECTIONS = 4;

    /** Collects what is no longer used, and looks. */
    static Footprint take() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) { // what has a cleaner or a weak reference needs more than one
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return new Footprint(
                least, handleCount(), ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long handleCount() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** By how much the heap has grown since another one, as a fraction. */
    double heapGrowthSince(Footprint earlier) {
        return (double) heapBytes / earlier.heapBytes - 1;
    }
}
