package dev.wattline.compliance.rounds;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules to judge a session by, and why these. A session tells its round by the version of PTDaemon it used, by
 * whether the director counts one message more than the client (v1.0 only), by the program's source hashes, and, among
 * rounds alike in all that, by the date of the measurement.
 */
public record RoundChoice(RoundRules rules, String reason) {
    private static final long SECONDS_A_DAY = 86_400;

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
        List<RoundEntry> candidates =
                keep(Rounds.entries(), round -> round.ptdVersions().contains(version));
        if (candidates.isEmpty()) {
            return new RoundChoice(
                    Rounds.latest(),
                    version.isEmpty()
                            ? "the session does not tell PTDaemon's version"
                            : "no round accepts PTDaemon " + version);
        }
        String reason = "PTDaemon " + version;
        int ahead = messagesAhead(client, server);
        List<RoundEntry> sameCount = keep(candidates, round -> round.serverMessagesAhead() == ahead);
        candidates = sameCount.isEmpty() ? candidates : sameCount;
        if (candidates.size() > 1) {
            Object sources = server.field("sources");
            List<RoundEntry> sameSources = keep(candidates, round -> round.knows(sources));
            if (!sameSources.isEmpty() && sameSources.size() < candidates.size()) {
                candidates = sameSources;
                reason += ", source hashes";
            }
        }
        return byDate(candidates, measuredOn(server), reason);
    }

    private static List<RoundEntry> keep(List<RoundEntry> rounds, Predicate<RoundEntry> wanted) {
        return rounds.stream().filter(wanted).toList();
    }

    private static RoundChoice byDate(List<RoundEntry> candidates, Optional<LocalDate> day, String reason) {
        RoundEntry last = candidates.get(candidates.size() - 1);
        if (candidates.size() == 1 || day.isEmpty()) {
            return new RoundChoice(Rounds.rules(last), reason);
        }
        String measured = day.get().toString();
        RoundEntry first = candidates.stream()
                .filter(round -> round.covers(measured))
                .findFirst()
                .orElse(last);
        return new RoundChoice(Rounds.rules(first), reason + ", measured on " + measured);
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
                return Optional.of(LocalDate.ofEpochDay(Math.floorDiv(seconds.longValue(), SECONDS_A_DAY)));
            }
        } catch (PyError e) {
            return Optional.empty(); // no marks, no date: the checks will say so
        }
        return Optional.empty();
    }
}
