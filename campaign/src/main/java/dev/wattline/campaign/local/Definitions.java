package dev.wattline.campaign.local;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.job.NamedCompanion;
import dev.wattline.campaign.plan.Cell;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hashes of what the agent's configuration says of a cell's workload and settings: whether a name still means what it meant.
 * What changes no measurement, such as the expected time, is left out.
 */
public final class Definitions {
    private static final int LENGTH = 16;

    private Definitions() {}

    /** By {@code workload NAME}, also of what runs beside it, and {@code setting NAME}. */
    public static Map<String, String> of(Cell cell, AgentConfig config) {
        Map<String, String> all = new LinkedHashMap<>();
        Stream.concat(Stream.of(cell.workload()), cell.companion().stream().map(NamedCompanion::workload))
                .forEach(name -> {
                    NamedWorkload workload = config.workloads().get(name);
                    if (workload != null) {
                        all.put("workload " + name, hash(text(workload)));
                    }
                });
        cell.settings().keySet().forEach(name -> {
            MachineSetting setting = config.settings().get(name);
            if (setting != null) {
                all.put("setting " + name, hash(text(setting)));
            }
        });
        return all;
    }

    private static String text(NamedWorkload of) {
        return words(of.command())
                + words(of.cleanup())
                + of.folder()
                + '\0'
                + of.loadgenLogs().map(Object::toString).orElse("")
                + '\0'
                + of.params().entrySet().stream()
                        .map(entry -> entry.getKey()
                                + '\0'
                                + entry.getValue().fallback().orElse("")
                                + '\0')
                        .collect(Collectors.joining())
                + (of.warm().isZero() ? "" : "warm\0" + of.warm()); // of earlier versions nothing is said
    }

    private static String text(MachineSetting of) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(of.apply())
                .forEach((value, command) -> text.append(value).append('\0').append(words(command)));
        text.append(words(of.read()));
        new TreeMap<>(of.expect())
                .forEach((value, pattern) ->
                        text.append(value).append('\0').append(pattern).append('\0'));
        return text.append(of.restore().orElse(""))
                .append('\0')
                .append(of.errorPattern().map(String::valueOf).orElse(""))
                .append('\0')
                .append(of.settle())
                .toString();
    }

    private static String words(Iterable<String> words) {
        return String.join("\0", words) + "\0\0";
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
