package dev.wattline.analysis.telemetry;

import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.result.Quality;
import dev.wattline.analysis.series.PollStats;
import java.util.List;

/** What the results say of a power log, from what its reader and its series counted. */
public final class LogQuality {
    private LogQuality() {}

    /** @param stuck the power columns that hardly change although the load does */
    public static Quality of(PowerLog log, PollStats polls, List<String> stuck) {
        return new Quality(
                log.counts().rows(),
                log.counts().malformed(),
                log.counts().missing(),
                log.counts().duplicates(),
                log.counts().sameTime(),
                log.counts().outOfOrder(),
                polls.gaps(),
                polls.gapSeconds(),
                polls.medianMs(),
                polls.p99Ms(),
                polls.maxMs(),
                !stuck.isEmpty(),
                stuck);
    }
}
