package dev.wattline.report.setup;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was measured, with what, as the session's own files tell it.
 *
 * @param groups facts by what they are about
 * @param views the power logs of both phases, and of each analyzer where there are several
 */
public record Setup(List<Group> groups, List<PowerView> views) {
    /** Where there is no session. */
    public static final Setup NONE = new Setup(List.of(), List.of());

    private static final int MOST_ANALYZERS = 16;

    public Setup {
        groups = groups.stream().filter(group -> !group.rows().isEmpty()).toList();
        views = List.copyOf(views);
    }

    /**
     * Facts about one thing.
     *
     * @param title what it is
     * @param rows name, value and file of each fact that is known
     */
    public record Group(String title, List<List<String>> rows) {
        public Group {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Reads it; what a file that cannot be read would tell is left out, for the checks tell of such a file.
     *
     * @param metric the session's metric, for its efficiency; null if there is none
     */
    public static Setup read(Path session, @Nullable PowerMetric metric) {
        List<Group> groups = new ArrayList<>();
        SessionView view = SessionView.of(session, session.toString());
        try {
            SessionFacts facts = new SessionFacts(
                    view, Summary.load(view, Summary.CLIENT), Summary.load(view, Summary.SERVER), Rounds.LATEST);
            groups.add(InstrumentRows.of(facts));
            groups.add(MachineRows.of(session));
            groups.add(RunRows.of(session, facts, metric));
        } catch (PyError | IOException e) {
            groups.add(new FactRows("Further facts")
                    .add("further facts", "not readable, see the checks", "")
                    .group());
        }
        return new Setup(groups, views(session));
    }

    /** The measured machine alone, of a folder without an analyzer's side. */
    public static Setup ofMachine(Path session) {
        return new Setup(List.of(MachineRows.of(session)), List.of());
    }

    private static List<PowerView> views(Path session) {
        SessionFolder folder = new SessionFolder(session);
        List<PowerView> views = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            Optional<PowerWindow> window = window(folder, phase);
            add(views, phase.word(), folder.spl(phase), window);
            List<PowerView> own = new ArrayList<>();
            for (int number = 1; number <= MOST_ANALYZERS; number++) {
                String file = phase.folder() + "_analyzer_" + number + ".spl.txt";
                add(
                        own,
                        phase.word() + ", analyzer " + number,
                        folder.analyzers().resolve(file),
                        window);
            }
            if (own.size() > 1) { // one analyzer's log is the session's
                views.addAll(own);
            }
        }
        return views;
    }

    private static Optional<PowerWindow> window(SessionFolder folder, Phase phase) {
        try {
            Path detail = folder.loadgenDetail(phase);
            return Files.exists(detail) ? LoadgenLog.powerWindow(detail) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the checks tell of a log that cannot be read
        }
    }

    private static void add(List<PowerView> views, String name, Path log, Optional<PowerWindow> window) {
        if (!Files.exists(log)) {
            return;
        }
        try {
            views.add(PowerView.read(name, log, window));
        } catch (IOException e) {
            views.add(new PowerView(name + " (its log cannot be read)", Optional.empty(), List.of()));
        }
    }
}
