package dev.wattline.compliance.facts;

import dev.wattline.compliance.facts.PtdLog.Complaint;
import dev.wattline.model.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PTDaemon's complaints. A ranging phase has thousands that are normal; what is kept is the warnings and errors of the
 * testing phase, counted by what they say, with the times of those that may lie in the power window.
 */
public final class ComplaintTally {
    private static final int MAX_KEPT = 100_000; // more than a day of testing

    private final List<Complaint> testing = new ArrayList<>();
    private long droppedTesting;

    void add(Complaint complaint, @Nullable Phase running) {
        if (running == Phase.TESTING) {
            if (testing.size() < MAX_KEPT) {
                testing.add(complaint);
            } else {
                droppedTesting++;
            }
        }
    }

    /** The complaints during the testing measurement, in their order. */
    public List<Complaint> testing() {
        return List.copyOf(testing);
    }

    /** How many more there were than are kept. */
    public long droppedTesting() {
        return droppedTesting;
    }
}
