package dev.wattline.compliance.run;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.audit.Audit;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionKind;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.official.OfficialChecker;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.RoundChoice;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
        SessionFacts facts = new SessionFacts(view, client, server, options.round());
        RoundChoice choice = facts.choice();
        List<CheckResult> checks = OfficialChecker.run(view, client, server, choice.rules());
        return report(view, choice.reason(), checks, facts);
    }

    private SessionReport report(SessionView view, String roundReason, List<CheckResult> checks, SessionFacts facts) {
        List<SessionKind> kinds = List.of();
        Audit audit = Audit.NONE;
        PowerMetric metric = null;
        if (options.audit()) {
            kinds = SessionKind.of(facts);
            audit = Audit.of(facts, SessionKind.phases(kinds), options.scenario());
            metric = SessionMetric.of(facts, audit, options.scenario());
        }
        return new SessionReport(
                view.folder(),
                facts.rules().name(),
                roundReason,
                OfficialChecker.overall(checks),
                checks,
                kinds,
                audit.findings(),
                metric);
    }

    /** What a session is worth of which a summary does not load: all rules that need it not still run. */
    private SessionReport notLoaded(SessionView view, PyError error) {
        Optional<Finding> folder = WrongFolder.recognise(view.folder());
        CheckResult result = OfficialChecker.notLoaded(error);
        if (folder.isPresent()) {
            result = new CheckResult(
                    result.name(), result.verdict(), folder.get().message(), true, List.of(folder.get()));
            RoundRules rules = options.round() == null
                    ? Rounds.latest()
                    : Rounds.find(options.round()).orElseThrow();
            return new SessionReport(
                    view.folder(),
                    rules.name(),
                    "there is no session that tells its round",
                    OfficialChecker.overall(List.of(result)),
                    List.of(result),
                    List.of(),
                    List.of(),
                    null);
        }
        SessionFacts facts = new SessionFacts(
                view,
                Summary.loadOrAbsent(view, Summary.CLIENT),
                Summary.loadOrAbsent(view, Summary.SERVER),
                options.round());
        return report(view, facts.choice().reason(), List.of(result), facts);
    }
}
