package dev.wattline.compliance.run;

import dev.wattline.compliance.audit.Audit;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionKind;
import dev.wattline.compliance.metric.MetricCalculator;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.SessionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The power metric of a session as {@link SessionChecker} gives it, without the official checks.
 *
 * @param session absolute path of the folder that holds {@code power}
 * @param missing the files of those that the metric needs that are not there, relative to the session
 * @param facts what was read; further values of the same files can be had from it
 */
public record SessionMetric(Path session, List<String> missing, PowerMetric metric, SessionFacts facts) {
    private static final List<String> NEEDED =
            List.of(SessionFile.TESTING_DETAIL.place(), SessionFile.TESTING_SPL.place());

    public SessionMetric {
        missing = List.copyOf(missing);
    }

    /**
     * Reads the session in this folder. What is wrong with it is in the metric's notes and doubts.
     *
     * @param round the round whose rules count, or null for the session's own
     * @param scenario the scenario that the result counts for, or null for what folders and logs say
     * @throws IllegalArgumentException if there is no round of this name
     */
    public static SessionMetric read(Path folder, @Nullable String round, @Nullable String scenario) {
        Path session = folder.toAbsolutePath().normalize();
        SessionView view = SessionView.of(session, session.toString());
        SessionFacts facts = new SessionFacts(
                view, Summary.loadOrAbsent(view, Summary.CLIENT), Summary.loadOrAbsent(view, Summary.SERVER), round);
        return new SessionMetric(
                session,
                NEEDED.stream().filter(name -> !view.exists(name)).toList(),
                of(facts, Audit.of(facts, SessionKind.phases(SessionKind.of(facts)), scenario), scenario),
                facts);
    }

    /** The metric, with what the audit has against it. */
    static PowerMetric of(SessionFacts facts, Audit audit, @Nullable String scenario) {
        PowerMetric metric;
        try {
            metric = new MetricCalculator(facts, facts.rules().metric(), scenario).compute();
        } catch (PyError e) {
            metric = PowerMetric.none(e.file() + ": " + e.words());
        } catch (IOException e) {
            metric = PowerMetric.none("a file cannot be read: " + e.getMessage());
        }
        return metric.doubted(audit.doubts());
    }
}
