package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.LiveCheck;
import dev.wattline.files.FileHashes;
import dev.wattline.files.ProgramSources;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlProtocol;
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

    /**
     * What is to be said of a session, by itself or by whoever found its journal.
     *
     * @param analyzers all of them, analyzer 1 first
     * @param outcome {@code done} or {@code failed}
     */
    record Story(
            String id,
            String clientUuid,
            String serverUuid,
            List<Message> messages,
            Map<Phase, List<SessionSummary.PhaseMark>> phases,
            List<AnalyzerStory> analyzers,
            List<Finding> findings,
            String outcome,
            Optional<String> failure) {}

    /**
     * What is to be said of an analyzer.
     *
     * @param command the command line of its PTDaemon
     * @param messages the dialogue with that
     */
    record AnalyzerStory(
            AnalyzerConfig config,
            List<String> command,
            Optional<AnalyzerIdentity> identity,
            List<PtdMessage> messages) {

        static AnalyzerStory of(Analyzer analyzer) {
            return new AnalyzerStory(
                    analyzer.config(),
                    analyzer.command(),
                    Optional.ofNullable(analyzer.identity()),
                    analyzer.messages().stream()
                            .map(message -> new PtdMessage(message.command(), message.reply()))
                            .toList());
        }
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
                story.messages(),
                story.clientUuid(),
                story.serverUuid(),
                story.id(),
                results(folder),
                story.phases(),
                Optional.of(story.analyzers().get(0).messages()),
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
        own.put(
                "suspect",
                story.findings().stream()
                        .filter(finding -> finding.code().equals(LiveCheck.SUSPENDED.word()))
                        .map(Finding::text)
                        .toList());
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

    private static Map<String, Object> analyzer(AnalyzerStory analyzer) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("number", analyzer.config().number());
        own.put("model", analyzer.identity().map(AnalyzerIdentity::model).orElse(""));
        own.put("build", analyzer.identity().map(AnalyzerIdentity::build).orElse(""));
        own.put(
                "instrument",
                analyzer.identity().map(AnalyzerIdentity::instrument).orElse(""));
        List<Map<String, String>> messages = new ArrayList<>();
        analyzer.messages().forEach(m -> messages.add(Map.of("cmd", m.command(), "reply", m.reply())));
        own.put("ptd_messages", messages);
        return own;
    }
}
