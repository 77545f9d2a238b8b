package dev.wattline.analysis;

import dev.wattline.analysis.result.Quality;
import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.smi.SmiLog;
import java.util.List;

/** What the results say of an nvidia-smi log, from what its reader and its series counted. */
final class LogQuality {
    private LogQuality() {}

    /** @param stuck the power columns that hardly change although the load does */
    static Quality of(SmiLog log, PollStats polls, List<String> stuck) {
        return new Quality(
                log.rows(),
                log.malformed(),
                log.missing(),
                log.duplicates(),
                log.sameTime(),
                log.outOfOrder(),
                polls.gaps(),
                polls.gapSeconds(),
                polls.medianMs(),
                polls.p99Ms(),
                polls.maxMs(),
                !stuck.isEmpty(),
                stuck);
    }
}
