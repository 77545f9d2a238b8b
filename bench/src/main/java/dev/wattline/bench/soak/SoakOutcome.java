package dev.wattline.bench.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * How a session ended.
 *
 * @param id the director's name for it
 * @param ran whether the runner said that it is complete
 * @param said what the runner said at its end
 * @param heard what the runner showed of the director's reports
 * @param outcome the word in the director's summary
 * @param summary what the director's summary says of failure and findings
 * @param restored whether the analyzer has its initial ranges again
 * @param ptdsLeft how many PTDaemons were not ended
 */
record SoakOutcome(
        String id,
        boolean ran,
        String said,
        String heard,
        String outcome,
        String summary,
        boolean restored,
        int ptdsLeft) {

    /** What is not as it has to be after this; empty if all is. */
    List<String> faults(Mishap mishap) {
        List<String> faults = new ArrayList<>();
        if (ran != mishap.isComplete()) {
            faults.add("the runner " + (ran ? "succeeded" : "failed: " + said));
        }
        if (!outcome.equals(mishap.isComplete() ? "done" : "failed")) {
            faults.add("the director's outcome is '" + outcome + "', " + summary);
        }
        if (!summary.contains(mishap.trace())) {
            faults.add("the summary does not say '" + mishap.trace() + "' but " + summary);
        }
        if (mishap.isSeenLive() && !heard.contains(mishap.trace())) {
            faults.add("the runner was not told '" + mishap.trace() + "' but '" + heard + "'");
        }
        if (!restored) {
            faults.add("the ranges were not restored");
        }
        if (ptdsLeft != 0) {
            faults.add(ptdsLeft + " PTDaemons were left");
        }
        return faults.stream().map(fault -> id + ", " + mishap + ": " + fault).toList();
    }
}
