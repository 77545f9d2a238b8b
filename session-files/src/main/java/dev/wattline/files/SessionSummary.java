package dev.wattline.files;

import dev.wattline.model.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session's summary as one side wrote it: {@code client.json} or {@code server.json}. Keys and their meaning are the
 * reference's; {@code wattline} is ours and ignored by everybody else.
 *
 * @param timezoneSeconds minus the offset from UTC in s: 28800 in a Californian winter
 * @param modules module name to file
 * @param sources file to SHA-1 of the program that wrote this
 * @param messages the control dialogue from the handshake on
 * @param results result file, relative to the session folder, to SHA-1
 * @param phases up to four marks a phase: command seen, measurement running, stop seen, measurement ended
 * @param ptdMessages the dialogue with PTDaemon; on the director only
 * @param analyzers how each analyzer's PTDaemon was run; on the director only
 * @param debug whether the settle times were shortened by the reference's debug switch, which no valid run has
 * @param wattline what Wattline adds: values that JSON has a form for (text, numbers, booleans, lists, maps)
 */
public record SessionSummary(
        int timezoneSeconds,
        SortedMap<String, String> modules,
        SortedMap<String, String> sources,
        List<Message> messages,
        String clientUuid,
        String serverUuid,
        String sessionName,
        SortedMap<String, String> results,
        Map<Phase, List<PhaseMark>> phases,
        Optional<List<PtdMessage>> ptdMessages,
        Optional<List<AnalyzerConfig>> analyzers,
        boolean debug,
        Map<String, Object> wattline) {
    /** The version of the file format, which every summary carries. */
    public static final String FORMAT_VERSION = "1.0";

    public SessionSummary {
        modules = new TreeMap<>(modules);
        sources = new TreeMap<>(sources);
        messages = List.copyOf(messages);
        results = new TreeMap<>(results);
        phases = new EnumMap<>(phases);
        ptdMessages = ptdMessages.map(List::copyOf);
        analyzers = analyzers.map(List::copyOf);
        wattline = Map.copyOf(wattline);
    }

    /** The same with other values of Wattline's. */
    public SessionSummary withWattline(Map<String, Object> values) {
        return new SessionSummary(
                timezoneSeconds,
                modules,
                sources,
                messages,
                clientUuid,
                serverUuid,
                sessionName,
                results,
                phases,
                ptdMessages,
                analyzers,
                debug,
                values);
    }

    /** The marks of a phase; empty if it did not run. */
    public List<PhaseMark> marks(Phase phase) {
        return phases.getOrDefault(phase, List.of());
    }

    /**
     * A command and its reply, with the wall times in s since the epoch at which this side sent or received them. The
     * command is null where the peer vanished before it sent one.
     */
    public record Message(
            @Nullable String command,
            double commandTime,
            @Nullable String reply,
            double replyTime) {}

    /** An instant on both clocks of one side: s since the epoch, and s on its monotonic clock. */
    public record PhaseMark(double epochSeconds, double monotonicSeconds) {}

    /** A command to PTDaemon and its reply; of a reply of many lines, the first. */
    public record PtdMessage(String command, String reply) {}

    /**
     * How an analyzer's PTDaemon was run.
     *
     * @param command its command line
     * @param channels the configured channel numbers; empty if none were
     */
    public record AnalyzerConfig(
            List<String> command,
            int deviceType,
            String interfaceFlag,
            Optional<String> dcFlag,
            String devicePort,
            List<Integer> channels) {
        public AnalyzerConfig {
            command = List.copyOf(command);
            channels = List.copyOf(channels);
        }
    }
}
