package dev.wattline.sut.session;

import dev.wattline.files.FileHashes;
import dev.wattline.files.ProgramSources;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlReply.Opened;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.live.Agreement;
import dev.wattline.sut.SutException;
import dev.wattline.sut.clock.ClockSync;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.output.RunContext;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Puts {@code client.json} together: the reference's keys with their meaning, and ours under {@code wattline}. */
final class ClientSummary {
    private final RunIdentity identity;
    private final ProgramSources program;
    private final ZoneId zone;
    private final RunContext context;
    private final RunRequest request;

    ClientSummary(RunIdentity identity, ProgramSources program, ZoneId zone, RunContext context, RunRequest request) {
        this.identity = identity;
        this.program = program;
        this.zone = zone;
        this.context = context;
        this.request = request;
    }

    /** The line of client.log that names the program. */
    String sourcesLine() {
        return "Sources: {\"sources\": " + object(program.sources()) + ", \"modules\": " + object(program.modules())
                + "}";
    }

    private static String object(SortedMap<String, String> texts) {
        StringBuilder out = new StringBuilder("{");
        texts.forEach(
                (key, value) -> out.append(out.length() == 1 ? "" : ", ").append('"' + key + "\": \"" + value + '"'));
        return out.append('}').toString();
    }

    /**
     * The summary as of now, with the hashes of the files that this side has written so far.
     *
     * @throws SutException if one of these files cannot be read
     */
    SessionSummary of(
            SessionFolder folder,
            UUID client,
            Opened session,
            List<ExchangedMessage> messages,
            PhaseMarks marks,
            List<ClockSync.Check> clockChecks,
            Optional<Agreement> agreement) {
        SortedMap<String, String> results = new TreeMap<>();
        SortedMap<String, String> own = new TreeMap<>();
        hashes(folder).forEach((name, hash) -> (isReferences(name) ? results : own).put(name, hash));
        int offset = zone.getRules().getOffset(context.time().now()).getTotalSeconds();
        return new SessionSummary(
                -offset,
                program.modules(),
                program.sources(),
                messages.stream()
                        .map(m -> new Message(m.cmd(), m.cmdTime(), m.reply(), m.replyTime()))
                        .toList(),
                client.toString(),
                session.serverUuid().toString(),
                session.id().value(),
                results,
                marks.all(),
                Optional.empty(),
                Optional.empty(),
                false,
                wattline(clockChecks, agreement, own));
    }

    private static SortedMap<String, String> hashes(SessionFolder folder) {
        try {
            return FileHashes.tree(folder.root());
        } catch (IOException e) {
            throw new SutException("could not hash the session's files: " + e, "Check the output folder.", e);
        }
    }

    /** Whether the reference's summary would list this file; the others are ours. */
    private static boolean isReferences(String name) {
        if (name.equals("power/client.log")) {
            return true;
        }
        for (Phase phase : Phase.values()) {
            if (name.startsWith(phase.folder() + "/mlperf_log_")) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Object> wattline(
            List<ClockSync.Check> clockChecks, Optional<Agreement> agreement, SortedMap<String, String> own) {
        Map<String, Object> ours = new LinkedHashMap<>();
        ours.put("version", identity.version());
        ours.put("commit", identity.commit());
        ours.put("extension", agreement.map(a -> a.reply().line()).orElse(""));
        List<Object> clocks = new ArrayList<>();
        for (ClockSync.Check check : clockChecks) {
            Map<String, Object> clock = new LinkedHashMap<>();
            clock.put("at", check.at().toString());
            clock.put("directorAheadMs", check.offsetMillis());
            clock.put("uncertaintyMs", check.uncertaintyMillis());
            clocks.add(clock);
        }
        ours.put("clockChecks", clocks);
        if (request.has(RunOption.RANGING_ONLY) || request.has(RunOption.PROFILE)) { // of any other it says nothing
            ours.put("kind", request.kind());
        }
        ours.put("suspect", List.copyOf(context.suspicions()));
        ours.put("findings", List.copyOf(context.findings()));
        ours.put("results", own);
        return ours;
    }
}
