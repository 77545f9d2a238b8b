package dev.wattline.compliance.rounds;

import java.util.Map;

/**
 * How the submission checker of a round computes the power metric.
 *
 * @param positiveOnly whether only samples above 0 W count; up to v3.0 all do, encoded negative ones too
 * @param perQuery the unit of SingleStream and MultiStream: {@code J/sample}, {@code J/query} or {@code mJ/query}
 * @param queryCountLogged whether LoadGen logs the number of queries; before v2.0 it is reconstructed
 * @param localTimes whether LoadGen's and PTDaemon's times are local, each in its machine's zone
 * @param singleStreamResult the key of LoadGen's result for SingleStream
 * @param multiStreamResult the key of LoadGen's result for MultiStream
 * @param serverResult the key of LoadGen's result for Server and Interactive
 * @param tokenResults the keys of LoadGen's results of the benchmarks that are counted in tokens, by benchmark
 */
public record MetricRules(
        boolean positiveOnly,
        String perQuery,
        boolean queryCountLogged,
        boolean localTimes,
        String singleStreamResult,
        String multiStreamResult,
        String serverResult,
        Map<String, TokenResults> tokenResults) {

    public MetricRules {
        tokenResults = Map.copyOf(tokenResults);
    }

    /** Whether these rules make the same value of a session as others, in the same unit. */
    public boolean sameNumber(MetricRules other) {
        return positiveOnly == other.positiveOnly
                && perQuery.equals(other.perQuery)
                && queryCountLogged == other.queryCountLogged
                && localTimes == other.localTimes;
    }

    /**
     * LoadGen's results in tokens per second.
     *
     * @param offline the key for Offline
     * @param server the key for Server and Interactive; empty if those are counted in samples
     */
    public record TokenResults(String offline, String server) {}
}
