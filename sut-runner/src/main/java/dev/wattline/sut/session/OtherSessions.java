package dev.wattline.sut.session;

import dev.wattline.sut.process.Leftovers.Leftover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of other sessions runs on this machine before a run begins, as warnings: its power will be measured too. */
record OtherSessions(List<Leftover> processes) {

    /** A line for each session that runs now, and one for each process that an ended one left behind. */
    List<String> warnings() {
        List<String> left = new ArrayList<>();
        Map<String, Integer> running = new LinkedHashMap<>();
        for (Leftover process : processes) {
            if (process.runner().isPresent()) {
                String session = "session " + process.session() + " (runner "
                        + process.runner().getAsLong() + ")";
                running.merge(session, 1, Integer::sum);
            } else {
                left.add("process " + process.pid() + " of the ended session " + process.session()
                        + " still runs and will be measured too: " + process.command());
            }
        }
        List<String> warnings = new ArrayList<>();
        running.forEach((session, count) -> warnings.add(session + " measures on this machine at this moment; its "
                + count + (count == 1 ? " process" : " processes") + " will be measured too"));
        warnings.addAll(left);
        return warnings;
    }
}
