package dev.wattline.ledger.sheet;

import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionMetric;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.read.tree.SystemDescriptions;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a sheet needs of a session of MLPerf Inference.
 *
 * @param result its place, metric and system
 * @param round by the LoadGen that made it; empty if its log does not say
 * @param verdict what the official checks say of the session
 * @param phases its phases; empty if a log is missing or no sample lies in LoadGen's window
 */
public record SheetSession(RoundTree.Session result, String round, Verdict verdict, Optional<SessionPhases> phases) {

    /**
     * Reads a session.
     *
     * @throws IOException if a log cannot be read
     */
    public static SheetSession read(Path tree, Path session, SystemDescriptions systems) throws IOException {
        SessionMetric metric = SessionMetric.read(session, null, null);
        return new SheetSession(
                RoundTree.session(tree, session, systems, metric),
                round(metric),
                new SessionChecker(new CheckOptions(null, null, false))
                        .check(session)
                        .overall(),
                SessionPhases.read(session, shift(metric)));
    }

    private static String round(SessionMetric metric) throws IOException {
        try {
            return metric.facts().loadgen(Phase.TESTING).round().orElse("");
        } catch (PyError e) {
            return ""; // the metric's notes name the log
        }
    }

    /** In round v1.0 both clocks are local, each in its machine's zone. */
    private static Duration shift(SessionMetric metric) throws IOException {
        try {
            double seconds = metric.facts().loadgenOffset() - metric.facts().ptdOffset();
            return Duration.ofMillis(Math.round(1000 * seconds));
        } catch (PyError e) {
            return Duration.ZERO; // without LoadGen's log there are no phases either
        }
    }
}
