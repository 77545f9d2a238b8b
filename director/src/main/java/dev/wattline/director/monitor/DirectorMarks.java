package dev.wattline.director.monitor;

import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The four marks of each phase in the summary's {@code phases}: 0 start seen, 1 measuring, 2 stop seen, 3 samples read.
 * For the session's thread.
 */
public final class DirectorMarks {
    private static final double NANOS = 1e9;

    private final TimeSource time;
    private final Map<Phase, List<PhaseMark>> marks = new EnumMap<>(Phase.class);

    public DirectorMarks(TimeSource time) {
        this.time = time;
        for (Phase phase : Phase.values()) {
            marks.put(phase, new ArrayList<>());
        }
    }

    /** Both clocks as of now. */
    public PhaseMark now() {
        return new PhaseMark(time.epochSeconds(), time.nanoTime() / NANOS);
    }

    /** Sets the mark of this number; one that is out of turn, because an earlier one is missing, is not recorded. */
    public PhaseMark set(Phase phase, int number) {
        PhaseMark now = now();
        List<PhaseMark> set = marks.getOrDefault(phase, List.of());
        if (set.size() == number) {
            set.add(now);
        }
        return now;
    }

    public Map<Phase, List<PhaseMark>> all() {
        return new EnumMap<>(marks);
    }
}
