package dev.wattline.campaign.plan;

import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.NamedCompanion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One combination of a matrix. Two cells are the same if their factors are, as the texts that stand in the plan.
 *
 * @param workload its workload's name
 * @param params the workload's parameters, defaults included
 * @param settings the machine's settings, in the order in which they are applied
 * @param with what runs beside the workload, as the plan says it; {@code none}, or empty where the plan has no such factor:
 *     both are the same cell
 */
public record Cell(String workload, SortedMap<String, String> params, Map<String, String> settings, String with) {
    /** The factor that says what runs beside the workload. */
    public static final String WITH = "with";

    private static final int KEY_LENGTH = 12; // of a campaign's thousands of cells no two are alike

    public Cell {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** One of a plan in which each workload runs alone. */
    public Cell(String workload, SortedMap<String, String> params, Map<String, String> settings) {
        this(workload, params, settings, "");
    }

    /** What runs beside the workload; empty for nothing. */
    public Optional<NamedCompanion> companion() {
        return with.isEmpty() || with.equals(NamedCompanion.NONE)
                ? Optional.empty()
                : Optional.of(NamedCompanion.parse(with)
                        .orElseThrow(() -> new IllegalStateException("no companion: " + with)));
    }

    /** All factors by name: the workload, parameters, settings, and with. */
    public SortedMap<String, String> factors() {
        SortedMap<String, String> all = new TreeMap<>(params);
        all.putAll(settings);
        all.put("workload", workload);
        if (!with.isEmpty()) {
            all.put(WITH, with);
        }
        return all;
    }

    /** Names the cell, whatever the order of its factors: the start of a SHA-256 over them. */
    public String key() {
        StringBuilder text = new StringBuilder();
        SortedMap<String, String> named = factors();
        if (companion().isEmpty()) {
            named.remove(WITH); // as if nobody had thought of it
        }
        named.forEach(
                (name, value) -> text.append(name).append('\0').append(value).append('\0'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** What the agent is asked for, with further options of {@code run}. */
    public JobRequest request(List<String> more) {
        return new JobRequest(workload, params, settings, companion(), more);
    }

    /** As it is shown: {@code bert-offline gpus=4 boost=off}. */
    public String shown() {
        StringBuilder text = new StringBuilder(workload);
        params.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        settings.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        companion().ifPresent(one -> text.append(" with ").append(one.text()));
        return text.toString();
    }
}
