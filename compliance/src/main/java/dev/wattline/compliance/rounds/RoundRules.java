package dev.wattline.compliance.rounds;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the official checker of a round asked for. The values stand in {@code rounds/<name>.properties} beside this class,
 * each with the revision of the checker that they were taken from.
 *
 * @param name such as {@code v5.1}, or {@code latest}
 * @param origin the revision of the official checker that these are the rules of
 * @param ptdVersions PTDaemon versions that are accepted
 * @param models analyzer names that are accepted, with their device types, in the order of messages
 * @param deviceOrder the device types in the order of messages
 * @param sourceSets gives the sets of source hashes that are accepted
 * @param phaseSkewSeconds how far the two sides' clocks may differ at a phase's mark, s
 * @param phaseSkewInclusive whether exactly that much is accepted
 * @param fourthAmps whether the fourth {@code SR,A} command is looked at beside the third
 * @param configIsList whether {@code ptd_config} is a list of analyzers instead of one
 * @param rangingErrors beginnings of PTDaemon's ERROR lines that are normal while ranging
 * @param acceptedErrors PTDaemon's ERROR lines that only warn wherever they stand
 * @param warningMarginSeconds how far inside the load a WARNING line counts, s
 * @param uncertaintyFails whether a sample above 1 % uncertainty inside the load fails instead of warning
 * @param duration how the durations of the two phases are compared
 * @param powerDropPercent by how many percent less than ranging testing may draw; NaN if it is not compared
 * @param serverMessagesAhead how many messages more than the client the server records
 * @param loadgenLocal whether LoadGen's times are the SUT's local time
 * @param ptdLocal whether PTDaemon's times are the director's local time
 * @param clientJsonHashed whether the hash of {@code power/client.json} is recorded
 * @param metric how the round computes the power metric
 * @param layout where the round's submissions hold their documents
 */
public record RoundRules(
        String name,
        String origin,
        List<String> ptdVersions,
        Map<String, Long> models,
        List<Long> deviceOrder,
        Supplier<List<Map<String, Object>>> sourceSets,
        double phaseSkewSeconds,
        boolean phaseSkewInclusive,
        boolean fourthAmps,
        boolean configIsList,
        List<String> rangingErrors,
        List<String> acceptedErrors,
        double warningMarginSeconds,
        boolean uncertaintyFails,
        DurationRule duration,
        double powerDropPercent,
        int serverMessagesAhead,
        boolean loadgenLocal,
        boolean ptdLocal,
        boolean clientJsonHashed,
        MetricRules metric,
        SubmissionLayout layout) {

    /** The sets of source hashes that are accepted. */
    public List<Map<String, Object>> sources() {
        return sourceSets.get();
    }

    /** The same rules under another name. */
    RoundRules named(String other) {
        return new RoundRules(
                other,
                origin,
                ptdVersions,
                models,
                deviceOrder,
                sourceSets,
                phaseSkewSeconds,
                phaseSkewInclusive,
                fourthAmps,
                configIsList,
                rangingErrors,
                acceptedErrors,
                warningMarginSeconds,
                uncertaintyFails,
                duration,
                powerDropPercent,
                serverMessagesAhead,
                loadgenLocal,
                ptdLocal,
                clientJsonHashed,
                metric,
                layout);
    }

    /** How a round compares the durations of the two phases. */
    public enum DurationRule {
        /** They may differ by less than 5 % of the longer one; more fails. */
        DIFFERENCE_FAILS,
        /** Testing shorter than half of ranging gives a warning, which ends the check. */
        HALF_WARNS
    }
}
