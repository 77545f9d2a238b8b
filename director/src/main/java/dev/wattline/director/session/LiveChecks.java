package dev.wattline.director.session;

import dev.wattline.director.config.LiveCheck;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.ReadingKind;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one analyzer's samples and at what its PTDaemon prints while a phase runs. While ranging, readings fail and
 * uncertainties are unknown by the nature of automatic ranging, so that only what concerns time is checked. For one thread.
 */
final class LiveChecks {
    /** Told of each failing check. */
    interface Listener {
        void onFailing(LiveCheck check, Instant at, String text);
    }

    static final Duration GAP = Duration.ofMillis(1500);
    private static final int BEHIND = 3; // samples: one is being taken, one may be late
    private static final Pattern UNCERTAIN =
            Pattern.compile("WARNING: Uncertainty \\d+\\.\\d+%.*above 1\\.00% limit.*");

    private final int analyzer;
    private final Phase phase;
    private final Listener listener;
    private @Nullable PowerSample last;
    private long samples;
    private boolean silent; // a gap was reported and has not ended
    private boolean behind;

    LiveChecks(int analyzer, Phase phase, Listener listener) {
        this.analyzer = analyzer;
        this.phase = phase;
        this.listener = listener;
    }

    /** The latest sample; null before the first. */
    @Nullable
    PowerSample last() {
        return last;
    }

    long samples() {
        return samples;
    }

    /** Takes a sample of this phase. */
    void sample(PowerSample sample) {
        PowerSample before = last;
        if (before != null) {
            Duration gap = Duration.between(before.at(), sample.at());
            if (gap.compareTo(GAP) > 0) {
                failing(LiveCheck.GAP, sample.at(), "no sample for " + gap.toMillis() + " ms");
            }
        }
        last = sample;
        samples++;
        silent = false;
        if (phase == Phase.TESTING) {
            reading(sample);
        }
    }

    private void reading(PowerSample sample) {
        ReadingKind kind = sample.reading().kind();
        if (kind == ReadingKind.OUT_OF_RANGE) {
            failing(
                    LiveCheck.RANGE,
                    sample.at(),
                    "a reading of " + sample.reading().decodedWatts() + " W and "
                            + sample.reading().decodedAmps() + " A lies outside the range that is set");
        } else if (kind != ReadingKind.VALID) {
            failing(
                    LiveCheck.READING,
                    sample.at(),
                    "a reading is " + (kind == ReadingKind.MISSED ? "missed" : "no number"));
        }
    }

    /** Takes a line that PTDaemon printed, without its time stamp or with. */
    void printed(String line, Instant at) {
        if (phase != Phase.TESTING) {
            return;
        }
        int error = line.indexOf("ERROR: ");
        int warning = line.indexOf("WARNING: ");
        if (error >= 0) {
            failing(LiveCheck.PTD_ERROR, at, "PTDaemon says " + line.substring(error));
        } else if (warning >= 0 && UNCERTAIN.matcher(line.substring(warning)).matches()) {
            failing(LiveCheck.UNCERTAINTY, at, "PTDaemon says " + line.substring(warning));
        } else if (warning >= 0 && !line.contains("Uncertainty unknown")) {
            failing(LiveCheck.PTD_WARNING, at, "PTDaemon says " + line.substring(warning));
        }
    }

    /** Called now and then: what should have come by now did not. */
    void elapsed(Duration sinceGo, Duration sinceLastSample, Instant now) {
        if (!silent && sinceLastSample.compareTo(GAP.plusMillis(500)) > 0) {
            silent = true;
            failing(LiveCheck.GAP, now, "no sample for " + sinceLastSample.toMillis() + " ms, and still none");
        }
        boolean late = samples + BEHIND < sinceGo.toSeconds();
        if (late && !behind) {
            failing(LiveCheck.BEHIND, now, samples + " samples after " + sinceGo.toSeconds() + " s");
        }
        behind = late;
    }

    private void failing(LiveCheck check, Instant at, String text) {
        listener.onFailing(check, at, phase.word() + ": analyzer " + analyzer + ": " + text);
    }
}
