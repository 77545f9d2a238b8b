package dev.wattline.campaign.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an official campaign is for.
 *
 * @param round such as {@code v5.1}; empty for the newest
 * @param division {@code closed} or {@code open}; empty if nobody has said
 * @param category {@code datacenter} or {@code edge}; empty if nobody has said
 * @param system the system's name in the submission
 * @param places by workload, where its session goes: {@code BENCHMARK/SCENARIO}
 */
public record Submission(String round, String division, String category, String system, Map<String, String> places) {
    public Submission {
        places = new LinkedHashMap<>(places);
    }
}
