package dev.wattline.sut.loadgen;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A ranging phase that is shorter than the testing phase. The workload must do its part: it is told the seconds, and gets
 * LoadGen's configuration for them where the user named one.
 *
 * @param seconds how long, s, above 0
 * @param userConf LoadGen's user.conf of the testing phase, of which the one for ranging is made
 */
public record ShortRanging(int seconds, Optional<Path> userConf) {
    /** From here on the range was the same as after a whole ranging phase in all but one of 830 published sessions, s. */
    public static final int USUAL_SECONDS = 300;

    /** Below, the analyzer's range may well be another than after a whole ranging phase, s. */
    public static final int LEAST_SECONDS = 120;

    public ShortRanging {
        if (seconds < 1) {
            throw new IllegalArgumentException("--ranging-seconds: expected at least 1, got " + seconds);
        }
    }

    public void requireEnough() {
        if (seconds < LEAST_SECONDS) {
            throw new IllegalArgumentException("--ranging-seconds: expected at least " + LEAST_SECONDS + ", got "
                    + seconds + "; a session that is not to be submitted (--profile, --ranging-only) may be shorter");
        }
    }

    /** What is to be said of it before the run, if anything. */
    public Optional<String> warning() {
        return seconds < USUAL_SECONDS
                ? Optional.of("ranging lasts " + seconds + " s only: after less than " + USUAL_SECONDS
                        + " s the peak of the load may not have been seen")
                : Optional.empty();
    }
}
