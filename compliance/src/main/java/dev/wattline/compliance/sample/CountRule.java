package dev.wattline.compliance.sample;

import java.util.Optional;

/** There is a sample for every second. */
public final class CountRule {
    private CountRule() {}

    /**
     * What is wrong with so many samples in a time, if anything.
     *
     * @param seconds how long, s
     * @param tolerated how many may be missing
     */
    public static Optional<SampleFault> check(long samples, double seconds, long tolerated) {
        long expected = (long) seconds;
        long missing = expected - samples;
        return missing > tolerated
                ? Optional.of(new SampleFault(
                        "samples-missing", missing + " of " + expected + " samples are missing", missing))
                : Optional.empty();
    }
}
