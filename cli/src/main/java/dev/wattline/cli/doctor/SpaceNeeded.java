package dev.wattline.cli.doctor;

import dev.wattline.director.config.AnalyzerConfig;
import java.time.Duration;
import java.util.List;

/**
 * How much a session writes. The figures are upper bounds over some 60 published sessions: a row of a power log has up to
 * 144 bytes, and up to 65 more for each channel; what PTDaemon prints has up to 180 bytes a sample, and up to 600 with
 * three channels.
 */
record SpaceNeeded(long bytes, String what) {
    private static final int PHASES = 2;
    private static final int ROW = 150;
    private static final int ROW_PER_CHANNEL = 70;
    private static final int PRINTED = 200;
    private static final int PRINTED_PER_CHANNEL = 150;
    private static final long BESIDE = 50_000_000; // logs, journal and summaries, and room for a file system to work

    private static final int DIRECTOR_ROW_COPIES = 3; // PTDaemon's own log, the analyzer's rows, the merged log
    private static final int DIRECTOR_PRINTED_COPIES = 2; // as it came, and joined
    private static final int MOST_CHANNELS = 3;

    /** What the director writes in a session whose workload takes so long, at a sample a second. */
    static SpaceNeeded onDirector(List<AnalyzerConfig> analyzers, Duration workload) {
        long perSecond = 0;
        for (AnalyzerConfig analyzer : analyzers) {
            int channels = analyzer.rangedChannels().size();
            perSecond += DIRECTOR_ROW_COPIES * row(channels) + DIRECTOR_PRINTED_COPIES * printed(channels);
        }
        return of(perSecond, workload, analyzers.size() + " analyzer(s)");
    }

    /**
     * What the runner downloads in such a session; it cannot know the analyzers, so one with three channels is counted.
     * What the workload itself writes is not known.
     */
    static SpaceNeeded onRunner(Duration workload) {
        return of(
                row(MOST_CHANNELS) + printed(MOST_CHANNELS),
                workload,
                "one analyzer of 3 channels, LoadGen's logs not counted");
    }

    private static SpaceNeeded of(long perSecond, Duration workload, String what) {
        return new SpaceNeeded(
                BESIDE + PHASES * workload.toSeconds() * perSecond,
                "two phases of " + Durations.text(workload) + " with " + what);
    }

    private static long row(int channels) {
        return ROW + (long) ROW_PER_CHANNEL * channels;
    }

    private static long printed(int channels) {
        return PRINTED + (long) PRINTED_PER_CHANNEL * channels;
    }
}
