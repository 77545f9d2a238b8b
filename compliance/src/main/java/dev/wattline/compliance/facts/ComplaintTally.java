package dev.wattline.compliance.facts;

import dev.wattline.compliance.facts.PtdLog.Complaint;
import java.util.ArrayList;
import java.util.List;

/** The warnings and errors that PTDaemon wrote during the testing measurement. */
public final class ComplaintTally {
    private static final int MAX_KEPT = 100_000; // more than a day of testing

    private final List<Complaint> testing = new ArrayList<>();
    private long droppedTesting;

    /** Takes note of a complaint during the testing measurement. */
    void add(Complaint complaint) {
        if (testing.size() < MAX_KEPT) {
            testing.add(complaint);
        } else {
            droppedTesting++;
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
