package dev.wattline.compliance.rounds;

/**
 * How the submission checker of a round computes the power metric.
 *
 * @param positiveOnly whether only samples above 0 W count; up to v3.0 all do, encoded negative ones too
 * @param perQuery the unit of SingleStream and MultiStream: {@code J/sample}, {@code J/query} or {@code mJ/query}
 * @param queryCountLogged whether LoadGen logs the number of queries; before v2.0 it is reconstructed
 * @param localTimes whether LoadGen's and PTDaemon's times are local, each in its machine's zone
 * @param singleStreamResult the key of LoadGen's result for SingleStream
 * @param multiStreamResult the key of LoadGen's result for MultiStream
 * @param serverResult the key of LoadGen's result for Server
 */
public record MetricRules(
        boolean positiveOnly,
        String perQuery,
        boolean queryCountLogged,
        boolean localTimes,
        String singleStreamResult,
        String multiStreamResult,
        String serverResult) {}
