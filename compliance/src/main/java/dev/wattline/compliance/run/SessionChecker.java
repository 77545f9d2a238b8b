package dev.wattline.compliance.run;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.official.OfficialChecker;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.RoundChoice;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks one session: the official verdicts, the audit, the metric. Safe for use by several threads. */
public final class SessionChecker {
    private final CheckOptions options;

    public SessionChecker(CheckOptions options) {
        this.options = options;
    }

    /** The report on the session in this folder. Whatever is wrong with it is in the report. */
    public SessionReport check(Path folder) {
        return check(folder, folder.toAbsolutePath().normalize().toString());
    }

    /**
     * The report on the session in this folder.
     *
     * @param shown how the official texts name the folder
     */
    public SessionReport check(Path folder, String shown) {
        Path session = folder.toAbsolutePath().normalize();
        SessionView view = SessionView.of(session, shown);
        Summary client;
        Summary server;
        try {
            client = Summary.load(view, Summary.CLIENT);
            server = Summary.load(view, Summary.SERVER);
        } catch (PyError e) {
            return notLoaded(view, e);
        }
        RoundChoice choice = RoundChoice.of(options.round(), view, client, server);
        List<CheckResult> checks = OfficialChecker.run(view, client, server, choice.rules());
        return new SessionReport(
                session,
                choice.rules().name(),
                choice.reason(),
                OfficialChecker.overall(checks),
                checks,
                List.of(),
                null);
    }

    private SessionReport notLoaded(SessionView view, PyError error) {
        @Nullable String round = options.round();
        CheckResult result = OfficialChecker.notLoaded(error);
        return new SessionReport(
                view.folder(),
                round == null ? "unknown" : round,
                round == null ? "the summaries, which would tell it, do not load" : "as asked for",
                OfficialChecker.overall(List.of(result)),
                List.of(result),
                List.of(),
                null);
    }
}
