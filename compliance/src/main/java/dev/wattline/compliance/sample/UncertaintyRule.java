package dev.wattline.compliance.sample;

import dev.wattline.model.UncertaintyStatistics;
import java.util.Locale;
import java.util.Optional;

/** PTDaemon's answer to {@code Uncertainty}: on average at most 1 %, and known for at least 99 % of the samples. */
public final class UncertaintyRule {
    /** Largest average uncertainty, as a fraction. */
    public static final double MAX_AVERAGE = 0.01;

    /** Largest share of samples whose uncertainty is not known. */
    public static final double MAX_UNKNOWN_SHARE = 0.01;

    private UncertaintyRule() {}

    /** What is wrong with the statistics of a measurement with fixed ranges, if anything; the worst first. */
    public static Optional<SampleFault> check(UncertaintyStatistics statistics) {
        if (statistics.total() > 0 && statistics.unknown() > MAX_UNKNOWN_SHARE * statistics.total()) {
            return Optional.of(new SampleFault(
                    "uncertainty-unknown",
                    statistics.unknown() + " of " + statistics.total() + " samples have no known uncertainty",
                    (double) statistics.unknown() / statistics.total()));
        }
        if (statistics.average() > MAX_AVERAGE) {
            return Optional.of(new SampleFault(
                    "uncertainty-high",
                    String.format(Locale.ROOT, "the average uncertainty is %.3f %%", statistics.average() * 100),
                    statistics.average()));
        }
        if (statistics.invalid() > 0) {
            return Optional.of(new SampleFault(
                    "uncertainty-samples",
                    String.format(
                            Locale.ROOT,
                            "%d of %d samples have an uncertainty above 1 %%, the worst %.3f %%",
                            statistics.invalid(),
                            statistics.total(),
                            statistics.max() * 100),
                    statistics.max()));
        }
        return Optional.empty();
    }
}
