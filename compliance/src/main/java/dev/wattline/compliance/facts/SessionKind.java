package dev.wattline.compliance.facts;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.sample.FaultTally;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of session it is, if not a whole one with ranging and testing: one cause for all that the single checks have
 * against it.
 *
 * @param finding the kind, in a sentence
 * @param explains the ids of findings that come of it
 * @param lacks the phase whose missing files come of it; empty if it lacks none
 * @param phases the phases that such a session has
 */
public record SessionKind(Finding finding, Set<String> explains, Optional<Phase> lacks, List<Phase> phases) {
    private static final List<Phase> BOTH = List.of(Phase.values());
    private static final Set<String> WITHOUT_RANGING =
            Set.of("ptd-command-missing", "ptd-log-no-ranging", "ranges-not-restored");
    private static final Set<String> WITHOUT_TESTING = Set.of("ptd-command-missing", "ranges-not-restored");
    private static final int COMMAND_WITH_RANGES = 6; // session,ID,start,testing,VOLTS,AMPS

    public SessionKind {
        explains = Set.copyOf(explains);
        phases = List.copyOf(phases);
    }

    /** Whether a check's finding comes of this. */
    public boolean explains(Finding other) {
        String file = other.file();
        return explains.contains(other.id())
                || (file != null
                        && lacks.filter(phase -> file.startsWith(phase.folder() + "/"))
                                .isPresent());
    }

    /** The kinds of a session, the one that explains most first; none of an ordinary one. */
    public static List<SessionKind> of(SessionFacts facts) {
        List<SessionKind> kinds = new ArrayList<>();
        ownKind(facts, kinds);
        training(facts, kinds);
        ranging(facts, kinds);
        outOfRange(facts, kinds);
        if (Boolean.TRUE.equals(facts.server().field("debug", false))) {
            kinds.add(new SessionKind(
                    Finding.error(
                                    "kind-debug",
                                    "this is a debug session (MLPP_DEBUG): its waiting times are shortened, and it"
                                            + " cannot pass the official checks")
                            .at(Summary.SERVER, facts.server().line("debug")),
                    Set.of("debug-on"),
                    Optional.empty(),
                    BOTH));
        }
        return kinds;
    }

    /** The phases that a session of these kinds has. */
    public static List<Phase> phases(List<SessionKind> kinds) {
        return kinds.stream()
                .map(SessionKind::phases)
                .filter(phases -> !phases.equals(BOTH))
                .findFirst()
                .orElse(BOTH);
    }

    /** What the runner itself said that the session is for. */
    private static void ownKind(SessionFacts facts, List<SessionKind> kinds) {
        Object said = facts.client().field("wattline", Map.of()) instanceof Map<?, ?> ours ? ours.get("kind") : null;
        if ("ranging".equals(said)) {
            kinds.add(new SessionKind(
                    Finding.error(
                                    "kind-ranging-only",
                                    "the session was started with --ranging-only: it has no testing phase, and no"
                                            + " result to submit")
                            .in(Summary.CLIENT),
                    WITHOUT_TESTING,
                    Optional.of(Phase.TESTING),
                    List.of(Phase.RANGING)));
        } else if ("profile".equals(said)) {
            kinds.add(new SessionKind(
                    Finding.error(
                                    "kind-profile",
                                    "the session was started with --profile: it is for its owner, and not for"
                                            + " submission")
                            .in(Summary.CLIENT),
                    Set.of(),
                    Optional.empty(),
                    BOTH));
        }
    }

    private static void training(SessionFacts facts, List<SessionKind> kinds) {
        try {
            LoadgenDetail detail = facts.loadgen(Phase.TESTING);
            if (detail.training()) {
                kinds.add(new SessionKind(
                        Finding.error(
                                        "kind-training",
                                        "the run is one of MLPerf Training: its log is no LoadGen's and tells no power"
                                                + " window")
                                .in(detail.file()),
                        Set.of("loadgen-no-window"),
                        Optional.empty(),
                        BOTH));
            }
        } catch (PyError | IOException e) {
            // The checks tell of a log that is not there.
        }
    }

    private static void ranging(SessionFacts facts, List<SessionKind> kinds) {
        String fixed = "";
        boolean ranged = !facts.marks(facts.client(), Phase.RANGING).isEmpty();
        for (Summary summary : List.of(facts.client(), facts.server())) {
            for (SessionFacts.Exchange message : facts.messages(summary)) {
                String[] parts = message.command().split(",", -1);
                if (message.command().contains(",start,testing,") && parts.length >= COMMAND_WITH_RANGES) {
                    fixed = parts[COMMAND_WITH_RANGES - 2] + " V and " + parts[COMMAND_WITH_RANGES - 1] + " A";
                }
                ranged |= message.command().endsWith(",start,ranging");
            }
        }
        if (!fixed.isEmpty() && !ranged) {
            kinds.add(new SessionKind(
                    Finding.error(
                            "kind-fixed-ranges",
                            "the session was measured with fixed ranges of " + fixed
                                    + ": it has no ranging phase and cannot pass the official checks"),
                    WITHOUT_RANGING,
                    Optional.of(Phase.RANGING),
                    List.of(Phase.TESTING)));
        } else if (!holdsFiles(facts.view().path(Phase.RANGING.folder()))) {
            kinds.add(
                    ranged
                            ? new SessionKind(
                                    Finding.error(
                                            "kind-ranging-lost",
                                            "the session's ranging phase was run, but its folder ranging is not here"),
                                    Set.of(),
                                    Optional.of(Phase.RANGING),
                                    BOTH)
                            : new SessionKind(
                                    Finding.error(
                                            "kind-no-ranging",
                                            "the session has no ranging phase and cannot pass the official checks"),
                                    WITHOUT_RANGING,
                                    Optional.of(Phase.RANGING),
                                    List.of(Phase.TESTING)));
        }
    }

    private static boolean holdsFiles(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private static void outOfRange(SessionFacts facts, List<SessionKind> kinds) {
        try {
            SplFacts spl = facts.spl(Phase.TESTING);
            PowerStatistics power = spl.inWindow();
            long out = spl.windowFaults()
                    .of("sample-out-of-range")
                    .map(FaultTally.Entry::count)
                    .orElse(0L);
            if (power.count() > 0 && out == power.count()) {
                kinds.add(new SessionKind(
                        Finding.of(
                                        "kind-all-out-of-range",
                                        Severity.ERROR,
                                        "all " + out + " samples in the power window are outside the analyzer's range:"
                                                + " nothing was measured that counts")
                                .in(spl.file()),
                        Set.of("power-dropped", "division-by-zero", "ptd-log-error"),
                        Optional.empty(),
                        BOTH));
            }
        } catch (PyError | IOException e) {
            // The checks tell of a log that is not there.
        }
    }
}
