package dev.wattline.compliance.official;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The official checker: eleven checks in its order, each with its verdict and its text, by the rules of a round. Safe
 * for use by several threads.
 */
public final class OfficialChecker {
    /** The name of the one result of a session whose summaries do not load. */
    public static final String LOAD = "(load)";

    private static final List<OfficialCheck> CHECKS = List.of(
            new SourcesCheck(true),
            new SourcesCheck(false),
            new PtdMessagesCheck(),
            new UuidCheck(),
            new SessionNameCheck(),
            new PhasesCheck(),
            new MessagesCheck(),
            new ResultsCheck(),
            new PtdLogCheck(),
            new ConfigurationCheck(),
            new DebugCheck());

    private OfficialChecker() {}

    /** The result of each check on a session whose summaries are loaded. */
    public static List<CheckResult> run(SessionView view, Summary client, Summary server, RoundRules rules) {
        OfficialSession session = new OfficialSession(view, client, server, rules);
        List<CheckResult> results = new ArrayList<>(CHECKS.size());
        for (OfficialCheck check : CHECKS) {
            results.add(run(check, session));
        }
        return results;
    }

    /** The result for a session whose summaries did not load. */
    public static CheckResult notLoaded(PyError error) {
        return unexpected(LOAD, error, Summary.CLIENT);
    }

    /** The verdicts together. */
    public static Verdict overall(List<CheckResult> results) {
        if (results.size() == 1 && results.get(0).name().equals(LOAD)) {
            return Verdict.CRASH;
        }
        return results.stream().map(CheckResult::verdict).reduce(Verdict.PASS, Verdict::and);
    }

    private static CheckResult run(OfficialCheck check, OfficialSession session) {
        try {
            check.run(session);
            return new CheckResult(check.name(), Verdict.PASS, "", false, List.of());
        } catch (Ended ended) {
            return new CheckResult(check.name(), ended.verdict(), ended.text(), false, List.of(ended.finding()));
        } catch (PyError e) {
            return unexpected(check.name(), e, check.file());
        } catch (IOException e) {
            return unexpected(
                    check.name(), new PyError("file-unreadable", "cannot be read: " + e.getMessage()), check.file());
        }
    }

    private static CheckResult unexpected(String name, PyError error, String defaultFile) {
        String file = error.file() != null ? error.file() : defaultFile;
        String place = error.line() > 0 ? file + ":" + error.line() : file;
        Finding finding = Finding.error(error.id(), error.words()).at(file, error.line());
        return new CheckResult(name, Verdict.FAIL, place + ": " + error.words(), true, List.of(finding));
    }
}
