package dev.wattline.campaign.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an official campaign is for.
 *
 * @param round such as {@code v5.1}; empty for the newest
 * @param division {@code closed} or {@code open}; empty if nobody has said
 * @param category {@code datacenter} or {@code edge}; empty if nobody has said
 * @param system the system's name in the submission
 * @param places by workload, where its session goes: {@code BENCHMARK/SCENARIO}
 * @param inferred by place, the measured place whose session goes there too: its result is inferred from that one, with its
 *     power
 */
public record Submission(
        String round,
        String division,
        String category,
        String system,
        Map<String, String> places,
        Map<String, String> inferred) {
    /** The scenarios that a result of this one may be inferred from, by inference_rules.adoc: on the edge alone. */
    static final Map<String, Set<String>> INFERABLE =
            Map.of("MultiStream", Set.of("SingleStream"), "Offline", Set.of("SingleStream", "MultiStream"));

    public Submission {
        places = new LinkedHashMap<>(places);
        inferred = new LinkedHashMap<>(inferred);
    }
}
