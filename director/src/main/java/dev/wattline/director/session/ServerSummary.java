package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.files.FileHashes;
import dev.wattline.files.ProgramSources;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.ptd.PtdConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the content of {@code server.json}. */
final class ServerSummary {
    private ServerSummary() {}

    /** What a session has to say of itself. */
    record Story(
            String id,
            String clientUuid,
            String serverUuid,
            List<ExchangedMessage> messages,
            Map<Phase, List<SessionSummary.PhaseMark>> phases,
            List<Analyzer> analyzers,
            List<Finding> findings,
            String outcome,
            Optional<String> failure) {}

    /** What the journal of a session says whose director was killed. */
    record Recovered(
            String id,
            String clientUuid,
            String serverUuid,
            List<Message> messages,
            Map<Phase, List<SessionSummary.PhaseMark>> phases,
            List<Finding> findings,
            String failure) {}

    static SessionSummary of(Recovered story, SessionFolder folder, SessionContext context) throws IOException {
        ProgramSources program = program();
        Map<String, Object> own = program(context);
        own.put("outcome", "failed");
        own.put("failure", story.failure());
        own.put("findings", story.findings().stream().map(Finding::json).toList());
        return new SessionSummary(
                timezone(context),
                program.modules(),
                program.sources(),
                story.messages(),
                story.clientUuid(),
                story.serverUuid(),
                story.id(),
                results(folder),
                story.phases(),
                Optional.of(List.of()), // its dialogue with PTDaemon stands in server.log
                Optional.of(context.config().analyzers().stream()
                        .map(analyzer -> config(
                                analyzer,
                                analyzer.command(
                                        context.config().ptd(),
                                        new AnalyzerFiles(folder.analyzers(), analyzer.number()).dataLog())))
                        .toList()),
                context.config().settings().debug(),
                own);
    }

    private static ProgramSources program() {
        return ProgramSources.of(
                Session.class, SessionFolder.class, PtdConnection.class, ControlProtocol.class, Phase.class);
    }

    private static int timezone(SessionContext context) {
        return -context.zone().getRules().getOffset(context.time().now()).getTotalSeconds();
    }

    static SessionSummary of(Story story, SessionFolder folder, SessionContext context) throws IOException {
        ProgramSources program = program();
        return new SessionSummary(
                timezone(context),
                program.modules(),
                program.sources(),
                story.messages().stream()
                        .map(m -> new Message(m.cmd(), m.cmdTime(), m.reply(), m.replyTime()))
                        .toList(),
                story.clientUuid(),
                story.serverUuid(),
                story.id(),
                results(folder),
                story.phases(),
                Optional.of(messages(story.analyzers().get(0))),
                Optional.of(story.analyzers().stream()
                        .map(analyzer -> config(analyzer.config(), analyzer.command()))
                        .toList()),
                context.config().settings().debug(),
                ownBlock(story, context));
    }

    /** The official files and the analyzers' rows; the raw logs and the journal still grow or are ours alone. */
    private static SortedMap<String, String> results(SessionFolder folder) throws IOException {
        SortedMap<String, String> results = new TreeMap<>();
        for (Path part : List.of(
                folder.power(), folder.folder(Phase.RANGING), folder.folder(Phase.TESTING), folder.analyzers())) {
            if (Files.isDirectory(part)) {
                String prefix = folder.root().relativize(part) + "/";
                FileHashes.tree(part).forEach((name, hash) -> results.put(prefix + name, hash));
            }
        }
        results.remove("power/server.json");
        return results;
    }

    private static List<PtdMessage> messages(Analyzer analyzer) {
        return analyzer.messages().stream()
                .map(message -> new PtdMessage(message.command(), message.reply()))
                .toList();
    }

    private static SessionSummary.AnalyzerConfig config(AnalyzerConfig config, List<String> command) {
        List<Integer> channels = config.channels();
        return new SessionSummary.AnalyzerConfig(
                command,
                config.deviceType(),
                config.interfaceFlag(),
                Optional.ofNullable(config.dcFlag()),
                config.devicePort(),
                channels == null ? List.of() : channels);
    }

    /** What only Wattline says; everybody else ignores the key. */
    private static Map<String, Object> ownBlock(Story story, SessionContext context) {
        Map<String, Object> own = program(context);
        own.put("settle_seconds", context.config().settings().settle().toMillis() / 1e3);
        own.put("ranging_mode", context.config().rangingMode().name());
        own.put("outcome", story.outcome());
        story.failure().ifPresent(cause -> own.put("failure", cause));
        own.put("findings", story.findings().stream().map(Finding::json).toList());
        own.put(
                "analyzers",
                story.analyzers().stream().map(ServerSummary::analyzer).toList());
        return own;
    }

    private static Map<String, Object> program(SessionContext context) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("version", context.version());
        own.put("commit", context.commit());
        return own;
    }

    private static Map<String, Object> analyzer(Analyzer analyzer) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("number", analyzer.number());
        AnalyzerIdentity identity = analyzer.identity();
        own.put("model", identity == null ? "" : identity.model());
        own.put("build", identity == null ? "" : identity.build());
        own.put("instrument", identity == null ? "" : identity.instrument());
        List<Map<String, String>> messages = new ArrayList<>();
        analyzer.messages().forEach(m -> messages.add(Map.of("cmd", m.command(), "reply", m.reply())));
        own.put("ptd_messages", messages);
        return own;
    }
}
