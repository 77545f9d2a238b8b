package dev.wattline.sut.session;

import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The summary's four marks a phase, on both clocks: start sent, start answered, stop about to be sent, stop answered. */
final class PhaseMarks {
    private final TimeSource time;
    private final Map<Phase, List<PhaseMark>> marks = new EnumMap<>(Phase.class);

    PhaseMarks(TimeSource time) {
        this.time = time;
        for (Phase phase : Phase.values()) {
            marks.put(phase, new ArrayList<>());
        }
    }

    void add(Phase phase) {
        PhaseMark mark = new PhaseMark(time.epochSeconds(), time.nanoTime() / 1e9);
        marks.getOrDefault(phase, new ArrayList<>()).add(mark);
    }

    Map<Phase, List<PhaseMark>> all() {
        return Map.copyOf(marks);
    }
}
