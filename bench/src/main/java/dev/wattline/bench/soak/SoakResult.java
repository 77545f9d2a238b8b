package dev.wattline.bench.soak;

import java.util.List;
import java.util.Map;

/**
 * What came of many sessions.
 *
 * @param ends how many sessions of each mishap there were
 * @param faults what was not as it has to be, a line each
 * @param quarter what the JVM held after a quarter of the sessions
 * @param end what it held at the end
 * @param seconds how long it took, s
 */
public record SoakResult(
        Map<String, Integer> ends, List<String> faults, Footprint quarter, Footprint end, double seconds) {
    /** Largest growth of the heap from a quarter of the sessions to their end, as a fraction. */
    static final double MAX_HEAP_GROWTH = 0.05;

    /** Largest growth in open handles. */
    static final long MAX_HANDLE_GROWTH = 2;

    /** The heap's growth from a quarter of the sessions to their end, as a fraction. */
    public double heapGrowth() {
        return end.heapGrowthSince(quarter);
    }

    /** The growth in open handles. */
    public long handleGrowth() {
        return end.handles() - quarter.handles();
    }

    /** Whether every session ended as it should and nothing piled up. */
    public boolean isGood() {
        return faults.isEmpty() && heapGrowth() <= MAX_HEAP_GROWTH && handleGrowth() <= MAX_HANDLE_GROWTH;
    }
}
