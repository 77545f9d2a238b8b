package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.BoundedLines;
import dev.wattline.files.SessionFile;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Each side's summary tells the same dialogue as its log. The logs' hashes are recorded, so that a summary which was edited
 * alone does not fit its log.
 */
final class DirectorLogRule implements AuditRule {
    private static final int MAX_LINE = 4096;
    private static final int MAX_COMMANDS = 10_000;
    private static final String SERVER_LOG = SessionFile.SERVER_LOG.place();
    private static final String CLIENT_LOG = SessionFile.CLIENT_LOG.place();
    private static final String GOT = "Got command from the client ";
    private static final String SENT = "Sending command to the server: ";

    @Override
    public List<String> ids() {
        return List.of("summary-contradicts-log");
    }

    @Override
    public void run(AuditRun audit) {
        audit.part(null, () -> compare(audit, audit.facts().client(), CLIENT_LOG, SENT));
        audit.part(null, () -> compare(audit, audit.facts().server(), SERVER_LOG, GOT));
    }

    private static void compare(AuditRun audit, Summary summary, String log, String label) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        summary.require();
        List<String> logged = commands(facts, log, label);
        if (logged.isEmpty()) {
            audit.inapplicable(null, log + " tells the dialogue in other words than the reference, or not at all");
            return;
        }
        // Uploads, which round v1.0 had, are recorded by neither log as commands, and a download by no summary as a
        // message.
        List<SessionFacts.Exchange> recorded = facts.messages(summary).stream()
                .filter(message -> !isTransfer(message.command()))
                .toList();
        // The director's log begins behind the greeting and its client's options.
        int skip = Math.max(0, indexOf(recorded, logged.get(0)));
        for (int i = 0; i < logged.size() && skip + i < recorded.size(); i++) {
            SessionFacts.Exchange message = recorded.get(skip + i);
            if (!message.command().equals(logged.get(i))) {
                findings.accept(Finding.error(
                                "summary-contradicts-log", summary.name() + " and " + log + " tell different dialogues")
                        .at(summary.name(), summary.line("messages", message.index(), "cmd"))
                        .with("summary", message.command())
                        .with("log", logged.get(i)));
                return;
            }
        }
        if (recorded.size() - skip < logged.size() - trailing(logged)) {
            findings.accept(
                    Finding.error("summary-contradicts-log", summary.name() + " lacks messages that " + log + " has")
                            .at(summary.name(), summary.line("messages"))
                            .with("summary", recorded.size() - skip)
                            .with("log", logged.size()));
        }
    }

    private static int indexOf(List<SessionFacts.Exchange> recorded, String command) {
        for (int i = 0; i < recorded.size(); i++) {
            if (recorded.get(i).command().equals(command)) {
                return i;
            }
        }
        return 0;
    }

    /** Commands at the end that no summary holds, because it was written before them. */
    private static int trailing(List<String> logged) {
        int count = 0;
        for (int i = logged.size() - 1; i >= 0; i--) {
            String command = logged.get(i);
            if (!command.endsWith(",done") && !command.startsWith("cleanup,")) {
                break;
            }
            count++;
        }
        return count;
    }

    private static List<String> commands(SessionFacts facts, String log, String label) throws IOException {
        List<String> commands = new ArrayList<>();
        try (BoundedLines lines = new BoundedLines(facts.view().open(log), MAX_LINE)) {
            for (String line = lines.next(); line != null && commands.size() < MAX_COMMANDS; line = lines.next()) {
                int at = line.indexOf(label);
                String command = at < 0 ? null : unquoted(line.substring(at + label.length()));
                if (command != null && !isTransfer(command)) {
                    commands.add(command);
                }
            }
        }
        return commands;
    }

    /**
     * A text out of the quotes that Python's {@code repr} puts around it: double ones where it holds an apostrophe, as the
     * runner's note of the director's clock does each minute. Null where there are none.
     */
    private static @Nullable String unquoted(String repr) {
        char quote = repr.isEmpty() ? ' ' : repr.charAt(0);
        int end = repr.lastIndexOf(quote);
        if ((quote != '\'' && quote != '"') || end == 0) {
            return null;
        }
        return repr.substring(1, end).replace("\\'", "'").replace("\\\\", "\\");
    }

    private static boolean isTransfer(String command) {
        return command.contains(",upload,") || command.startsWith("download,");
    }
}
