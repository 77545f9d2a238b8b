package dev.wattline.ledger.figure;

import dev.wattline.ledger.row.LedgerRow.Suite;
import java.util.List;
import java.util.Map;

/** When results of a round were published, by the tables of the MLPerf Power paper. */
final class PaperRounds {
    /** The rounds of MLPerf Inference in their order. */
    static final List<String> INFERENCE = List.of("v1.0", "v1.1", "v2.0", "v2.1", "v3.0", "v3.1", "v4.0", "v4.1");

    private static final Map<String, String> INFERENCE_DATES = Map.of(
            "v1.0", "2021-04-17",
            "v1.1", "2021-09-22",
            "v2.0", "2022-04-27",
            "v2.1", "2022-09-08",
            "v3.0", "2023-04-04",
            "v3.1", "2023-09-08",
            "v4.0", "2024-03-26",
            "v4.1", "2024-08-28");

    private static final Map<String, String> TINY_DATES = Map.of(
            "v0.5", "2021-06-10",
            "v0.7", "2022-02-14",
            "v1.0", "2022-11-07",
            "v1.1", "2023-06-19",
            "v1.2", "2024-04-16");

    private PaperRounds() {}

    /** The date of a round; empty if it is not known. */
    static String date(Suite suite, String round) {
        return (suite == Suite.TINY ? TINY_DATES : INFERENCE_DATES).getOrDefault(round, "");
    }
}
