package dev.wattline.cli.options;

import dev.wattline.compliance.rounds.Rounds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands on finished sessions ask of their options. */
public final class SessionOptions {
    private static final List<String> SCENARIOS =
            List.of("Offline", "Server", "Interactive", "SingleStream", "MultiStream");

    private SessionOptions() {}

    public static void requireRound(@Nullable String round) {
        if (round != null && Rounds.find(round).isEmpty()) {
            throw new UsageException(
                    "there is no round '" + round + "'",
                    "There are " + String.join(", ", Rounds.names())
                            + "; for a newer one name the round whose rules it keeps: --round v9.0=latest.");
        }
    }

    public static void requireScenario(@Nullable String scenario) {
        if (scenario != null && SCENARIOS.stream().noneMatch(scenario::equalsIgnoreCase)) {
            throw new UsageException(
                    "there is no scenario '" + scenario + "'", "There are " + String.join(", ", SCENARIOS) + ".");
        }
    }
}
