package dev.wattline.compliance.run;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Finding;
import dev.wattline.compliance.audit.Audit;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.metric.MetricCalculator;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.official.OfficialChecker;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.RoundChoice;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        List<Finding> audit = List.of();
        PowerMetric metric = null;
        if (options.audit()) {
            SessionFacts facts = new SessionFacts(view, client, server, choice.rules(), options.round() != null);
            audit = Audit.run(facts);
            metric = metric(facts);
        }
        return new SessionReport(
                session,
                choice.rules().name(),
                choice.reason(),
                OfficialChecker.overall(checks),
                checks,
                audit,
                metric);
    }

    private PowerMetric metric(SessionFacts facts) {
        try {
            return new MetricCalculator(facts, facts.metricRules(), options.scenario()).compute();
        } catch (PyError e) {
            return PowerMetric.none(e.file() + ": " + e.words());
        } catch (IOException e) {
            return PowerMetric.none("a file cannot be read: " + e.getMessage());
        }
    }

    /** The metric needs no summary, except for the time zones of round v1.0. */
    private SessionReport notLoaded(SessionView view, PyError error) {
        @Nullable String asked = options.round();
        RoundRules rules = asked == null ? Rounds.latest() : Rounds.find(asked).orElseThrow();
        Optional<Finding> folder = WrongFolder.recognise(view.folder());
        CheckResult result = OfficialChecker.notLoaded(error);
        if (folder.isPresent()) {
            result = new CheckResult(
                    result.name(), result.verdict(), folder.get().message(), true, List.of(folder.get()));
        }
        PowerMetric metric = null;
        if (options.audit() && folder.isEmpty()) {
            metric = metric(new SessionFacts(
                    view, Summary.absent(Summary.CLIENT), Summary.absent(Summary.SERVER), rules, asked != null));
        }
        return new SessionReport(
                view.folder(),
                rules.name(),
                asked == null ? "the summaries, which would tell the round, do not load" : "as asked for",
                OfficialChecker.overall(List.of(result)),
                List.of(result),
                List.of(),
                metric);
    }
}
