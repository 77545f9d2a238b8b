package dev.wattline.compliance.sample;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts faults by id and remembers the first and the worst of each, so that thousands of them take no memory. */
public final class FaultTally {

    /**
     * The faults of one id.
     *
     * @param count how many
     * @param firstLine the line of the first, from 1
     * @param worst the one with the greatest size
     * @param worstLine its line, from 1
     */
    public record Entry(long count, long firstLine, SampleFault worst, long worstLine) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Adds a fault that was found on this line, from 1. */
    public void add(SampleFault fault, long line) {
        entries.merge(
                fault.id(),
                new Entry(1, line, fault, line),
                (known, added) -> added.worst().size() > known.worst().size()
                        ? new Entry(known.count() + 1, known.firstLine(), fault, line)
                        : new Entry(known.count() + 1, known.firstLine(), known.worst(), known.worstLine()));
    }

    /** The faults of this id, if there are any. */
    public Optional<Entry> of(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** All faults by id, in the order in which each id came first. */
    public Map<String, Entry> all() {
        return Map.copyOf(entries);
    }
}
