package dev.wattline.compliance.rounds;

/**
 * Where a round's submissions hold what belongs to a power measurement beside its session.
 *
 * @param documents where the table of the analyzer and the power settings are
 * @param nameplate whether {@code systems/SYSTEM_power.yaml} may hold the power that the system's supplies are built for
 */
public record SubmissionLayout(Documents documents, boolean nameplate) {

    /** The folder of the two documents. */
    public enum Documents {
        /** {@code measurements/SYSTEM/BENCHMARK/SCENARIO}, beside {@code results}. */
        MEASUREMENTS,
        /** {@code results/SYSTEM/BENCHMARK/SCENARIO}. */
        RESULTS
    }
}
