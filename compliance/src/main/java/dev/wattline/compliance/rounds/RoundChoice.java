package dev.wattline.compliance.rounds;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules to judge a session by, and why these. A session tells its round by the version of PTDaemon it used, by
 * whether the director counts one message more than the client (v1.0 only), by the program's source hashes, and, among
 * rounds alike in all that, by the date of the measurement.
 */
public record RoundChoice(RoundRules rules, String reason) {

    /** The last day on which measurements for a round were submitted, oldest round first. */
    private static final List<Map.Entry<String, LocalDate>> DEADLINES = List.of(
            Map.entry("v1.0", LocalDate.of(2021, 4, 15)),
            Map.entry("v1.1", LocalDate.of(2021, 9, 15)),
            Map.entry("v2.0", LocalDate.of(2022, 3, 25)),
            Map.entry("v2.1", LocalDate.of(2022, 9, 1)),
            Map.entry("v3.0", LocalDate.of(2023, 3, 25)),
            Map.entry("v3.1", LocalDate.of(2023, 9, 1)),
            Map.entry("v4.0", LocalDate.of(2024, 3, 20)),
            Map.entry("v4.1", LocalDate.of(2024, 8, 31)),
            Map.entry("v5.0", LocalDate.of(2025, 4, 2)),
            Map.entry("v5.1", LocalDate.MAX));

    /**
     * The round asked for or, if none is, the session's own.
     *
     * @throws IllegalArgumentException if there is no round of this name
     */
    public static RoundChoice of(@Nullable String asked, SessionView view, Summary client, Summary server) {
        if (asked != null) {
            RoundRules rules = Rounds.find(asked)
                    .orElseThrow(() -> new IllegalArgumentException("there is no round '" + asked + "'"));
            return new RoundChoice(rules, "as asked for");
        }
        return ofSession(client, server);
    }

    private static RoundChoice ofSession(Summary client, Summary server) {
        String version = ptdVersion(server);
        List<RoundRules> candidates = DEADLINES.stream()
                .map(entry -> Rounds.find(entry.getKey()).orElseThrow())
                .filter(rules -> rules.ptdVersions().contains(version))
                .toList();
        if (candidates.isEmpty()) {
            return new RoundChoice(
                    Rounds.latest(),
                    version.isEmpty()
                            ? "the session does not tell PTDaemon's version"
                            : "no round accepts PTDaemon " + version);
        }
        String reason = "PTDaemon " + version;
        int ahead = messagesAhead(client, server);
        if (candidates.stream().anyMatch(rules -> rules.serverMessagesAhead() == ahead)) {
            candidates = candidates.stream()
                    .filter(rules -> rules.serverMessagesAhead() == ahead)
                    .toList();
        }
        if (candidates.size() > 1) {
            List<RoundRules> sameSources =
                    candidates.stream().filter(rules -> accepts(rules, server)).toList();
            if (!sameSources.isEmpty() && sameSources.size() < candidates.size()) {
                candidates = sameSources;
                reason += ", source hashes";
            }
        }
        return byDate(candidates, measuredOn(server), reason);
    }

    private static RoundChoice byDate(List<RoundRules> candidates, Optional<LocalDate> day, String reason) {
        if (candidates.size() == 1 || day.isEmpty()) {
            return new RoundChoice(candidates.get(candidates.size() - 1), reason);
        }
        for (RoundRules rules : candidates) {
            if (!day.get().isAfter(deadline(rules.name()))) {
                return new RoundChoice(rules, reason + ", measured on " + day.get());
            }
        }
        return new RoundChoice(candidates.get(candidates.size() - 1), reason + ", measured on " + day.get());
    }

    private static LocalDate deadline(String round) {
        return DEADLINES.stream()
                .filter(entry -> entry.getKey().equals(round))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(LocalDate.MAX);
    }

    private static boolean accepts(RoundRules rules, Summary server) {
        Object sources = server.field("sources");
        return rules.sources().stream().anyMatch(accepted -> PyValues.equal(accepted, sources));
    }

    /** PTDaemon's version as its answer to Identify has it; empty if it cannot be told. */
    public static String ptdVersion(Summary server) {
        Object messages = server.field("ptd_messages", List.of());
        if (!(messages instanceof List<?> list)) {
            return "";
        }
        for (Object message : list) {
            if (message instanceof Map<?, ?> map
                    && "Identify".equals(map.get("cmd"))
                    && map.get("reply") instanceof String reply) {
                int from = reply.indexOf("version=");
                int to = from < 0 ? -1 : reply.indexOf('-', from);
                return to < 0 ? "" : reply.substring(from + "version=".length(), to);
            }
        }
        return "";
    }

    private static int messagesAhead(Summary client, Summary server) {
        return client.field("messages") instanceof List<?> ours && server.field("messages") instanceof List<?> theirs
                ? theirs.size() - ours.size()
                : 0;
    }

    private static Optional<LocalDate> measuredOn(Summary server) {
        try {
            Object marks = PyValues.item(server.field("phases"), "testing");
            if (PyValues.item(PyValues.item(marks, 0), 0) instanceof Double seconds && Math.abs(seconds) < 1e11) {
                return Optional.of(Instant.ofEpochSecond(seconds.longValue())
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate());
            }
        } catch (PyError e) {
            return Optional.empty(); // no marks, no date: the checks will say so
        }
        return Optional.empty();
    }
}
