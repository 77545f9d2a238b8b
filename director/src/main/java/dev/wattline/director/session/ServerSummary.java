package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.LiveCheck;
import dev.wattline.director.restore.OpenRestore;
import dev.wattline.files.FileHashes;
import dev.wattline.files.ProgramSources;
import dev.wattline.files.SessionFile;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.Message;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
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
     * @param openRestores the analyzers that do not have the ranges again that they had before the session
     */
    record Facts(
            String id,
            String clientUuid,
            String serverUuid,
            List<Message> messages,
            Map<Phase, List<SessionSummary.PhaseMark>> phases,
            List<AnalyzerFacts> analyzers,
            List<Finding> findings,
            String outcome,
            Optional<String> failure,
            List<OpenRestore> openRestores) {}

    /**
     * What is to be said of an analyzer.
     *
     * @param command the command line of its PTDaemon
     * @param messages the dialogue with that
     */
    record AnalyzerFacts(
            AnalyzerConfig config,
            List<String> command,
            Optional<AnalyzerIdentity> identity,
            List<PtdMessage> messages) {

        static AnalyzerFacts of(Analyzer analyzer) {
            return new AnalyzerFacts(
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

    private static int timezone(DirectorContext context) {
        return -context.zone().getRules().getOffset(context.time().now()).getTotalSeconds();
    }

    static SessionSummary of(Facts facts, SessionFolder folder, DirectorContext context) throws IOException {
        ProgramSources program = program();
        return new SessionSummary(
                timezone(context),
                program.modules(),
                program.sources(),
                facts.messages(),
                facts.clientUuid(),
                facts.serverUuid(),
                facts.id(),
                results(folder, facts.openRestores().isEmpty()),
                facts.phases(),
                Optional.of(facts.analyzers().get(0).messages()),
                Optional.of(facts.analyzers().stream()
                        .map(analyzer -> config(analyzer.config(), analyzer.command()))
                        .toList()),
                context.config().settings().debug(),
                ownBlock(facts, context));
    }

    /**
     * The official files and what the analyzers' PTDaemons wrote; the journal still grows, and so does what those write
     * that are to restore ranges yet.
     */
    private static SortedMap<String, String> results(SessionFolder folder, boolean restored) throws IOException {
        SortedMap<String, String> results = new TreeMap<>();
        for (Path part : List.of(
                folder.power(), folder.folder(Phase.RANGING), folder.folder(Phase.TESTING), folder.analyzers())) {
            if (Files.isDirectory(part)) {
                String prefix = folder.root().relativize(part) + "/";
                FileHashes.tree(part).forEach((name, hash) -> results.put(prefix + name, hash));
            }
        }
        results.remove(SessionFile.SERVER_JSON.place());
        if (!restored) {
            results.keySet().removeIf(name -> name.startsWith("analyzers/" + AnalyzerFiles.RESTORING));
        }
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
    private static Map<String, Object> ownBlock(Facts facts, DirectorContext context) {
        Map<String, Object> own = program(context);
        own.put("settle_seconds", context.config().settings().settle().toMillis() / 1e3);
        own.put("ranging_mode", context.config().rangingMode().name());
        own.put("outcome", facts.outcome());
        facts.failure().ifPresent(cause -> own.put("failure", cause));
        own.put(
                "suspect",
                facts.findings().stream()
                        .filter(finding -> code(finding).equals(LiveCheck.SUSPENDED.word()))
                        .map(Finding::message)
                        .toList());
        own.put(
                "findings",
                facts.findings().stream().map(ServerSummary::finding).toList());
        own.put(
                "analyzers",
                facts.analyzers().stream()
                        .map(analyzer -> analyzer(analyzer, facts.openRestores()))
                        .toList());
        return own;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("code", code(finding));
        finding.time().ifPresent(at -> own.put("at", at.toString()));
        own.put("text", finding.message());
        FindingCatalog.find(finding.id()).ifPresent(explanation -> {
            own.put("cause", explanation.cause());
            own.put("remedy", explanation.remedy());
        });
        return own;
    }

    /** The live check that made the finding, else the finding's own id. */
    private static String code(Finding finding) {
        return LiveCheck.finding(finding.id()).map(LiveCheck::word).orElse(finding.id());
    }

    private static Map<String, Object> program(DirectorContext context) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("version", context.version());
        own.put("commit", context.commit());
        return own;
    }

    private static Map<String, Object> analyzer(AnalyzerFacts analyzer, List<OpenRestore> openRestores) {
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
        openRestores.stream()
                .filter(open -> open.analyzer() == analyzer.config().number())
                .findFirst()
                .ifPresent(open -> own.put("open_restore", openRestore(open)));
        return own;
    }

    /** The ranges that it is to get back, as texts, in V and A; it gets them as soon as it can be reached. */
    private static Map<String, String> openRestore(OpenRestore open) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("volts", open.volts());
        own.put("amps", open.amps());
        own.put("cause", open.cause());
        return own;
    }
}
