package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.BoundedLines;
import dev.wattline.files.SessionFile;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * PTDaemon ran with the command line that {@code ptd_config} records. The director's log, which has a hash, holds it as
 * well.
 */
final class PtdCommandRule implements AuditRule {
    private static final String FILE = SessionFile.SERVER_LOG.place();
    private static final String LABEL = "unning PTDaemon: ["; // "Running" up to v4.1, "Analyzer [1] is running" since
    private static final int MAX_LINE = 1 << 14;
    private static final int MAX_COMMANDS = 100; // a session has one for each analyzer

    @Override
    public List<String> ids() {
        return List.of("config-contradicts-log");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        facts.server().require();
        List<String> logged = logged(facts);
        if (logged.isEmpty()) {
            audit.inapplicable(null, FILE + " does not hold PTDaemon's command line as the reference writes it");
            return;
        }
        Object config = facts.server().field("ptd_config", List.of());
        List<?> analyzers = config instanceof List<?> list ? list : List.of(config);
        for (int i = 0; i < analyzers.size(); i++) {
            if (analyzers.get(i) instanceof Map<?, ?> analyzer && analyzer.get("command") instanceof List<?> command) {
                String recorded = PyRepr.repr(command);
                // A path in another alphabet is written in two ways; and a director that runs on has all its sessions'
                // lines.
                if (isAscii(recorded) && !logged.contains(recorded)) {
                    Object[] path = config instanceof List<?>
                            ? new Object[] {"ptd_config", i, "command"}
                            : new Object[] {"ptd_config", "command"};
                    findings.accept(Finding.error(
                                    "config-contradicts-log",
                                    "server.json and the director's log hold different command lines of PTDaemon")
                            .at(Summary.SERVER, facts.server().line(path))
                            .with("server.json", recorded)
                            .with("server.log", logged.get(Math.min(i, logged.size() - 1))));
                }
            }
        }
    }

    private static List<String> logged(SessionFacts facts) throws IOException {
        List<String> commands = new ArrayList<>();
        try (BoundedLines lines = new BoundedLines(facts.view().open(FILE), MAX_LINE)) {
            for (String line = lines.next(); line != null && commands.size() < MAX_COMMANDS; line = lines.next()) {
                int label = line.indexOf(LABEL);
                if (label >= 0) {
                    commands.add(line.substring(label + LABEL.length() - 1));
                }
            }
        }
        return commands;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
