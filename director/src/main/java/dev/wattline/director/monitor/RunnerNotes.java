package dev.wattline.director.monitor;

import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.phase.LoadgenWindowCheck;
import dev.wattline.director.phase.Measured;
import dev.wattline.director.phase.PhaseResults;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.Phase;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.live.LoadgenWindow;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the runner observed on its side: taken down in the journal and the summary, or, if it is LoadGen's power window,
 * compared with what was measured. For the session's thread.
 */
public final class RunnerNotes {
    private static final Logger LOG = LoggerFactory.getLogger(RunnerNotes.class);

    private final LoadgenWindowCheck windows = new LoadgenWindowCheck();
    private final SessionId id;
    private final DirectorMarks marks;
    private final Alarm alarm;
    private final SessionJournal journal;
    private final PhaseResults results;
    private final TimeSource time;
    private Optional<String> failure = Optional.empty();

    public RunnerNotes(
            SessionId id,
            DirectorMarks marks,
            Alarm alarm,
            SessionJournal journal,
            PhaseResults results,
            TimeSource time) {
        this.id = id;
        this.marks = marks;
        this.alarm = alarm;
        this.journal = journal;
        this.results = results;
        this.time = time;
    }

    /** Remembers a phase's samples, with which the window is compared. */
    public void measured(Phase phase, List<Measured> measured) {
        windows.measured(phase, measured);
    }

    /** Why the run failed on the runner's side, if it did. */
    public Optional<String> failure() {
        return failure;
    }

    /** Takes a client's silence that nothing but a standstill explains; one outside the phases is only written down. */
    public void silent(ClientSilence.Seen seen) {
        if (seen.whileMeasuring()) {
            alarm.accept(Alarm.stalled(time.now(), seen.describe()));
        } else {
            LOG.warn("session={} {}", id, seen.describe());
            journal.add(Kind.FINDING, ControlRequest.Note.NOTICED, seen.describe());
            results.find(ControlRequest.Note.NOTICED, time.now(), seen.describe());
        }
    }

    private void outside(Finding fault) {
        if (fault.id().equals(LoadgenWindowCheck.NO_SAMPLE)) {
            alarm.fatal(fault);
        } else {
            alarm.accept(fault);
        }
    }

    /** Takes a note. */
    public void take(String kind, String text) {
        Optional<LoadgenWindow> window = kind.equals(LoadgenWindow.KIND) ? LoadgenWindow.parse(text) : Optional.empty();
        if (window.isPresent()) {
            List<PhaseMark> set = marks.all().getOrDefault(window.get().phase(), List.of());
            windows.check(window.get(), set, time.now()).ifPresent(this::outside);
        } else if (kind.equals(ControlRequest.Note.SUSPENDED)) {
            alarm.fromRunner(Alarm.stalled(time.now(), "on the runner " + text));
        } else if (kind.equals(ControlRequest.Note.CLOCK)) {
            LOG.info("session={} the runner compared the clocks: {}", id, text);
        } else {
            if (kind.equals(ControlRequest.Note.FAILED)) {
                failure = Optional.of("the run failed: " + text);
            }
            LOG.warn("session={} the runner notes {}: {}", id, kind, text);
            journal.add(Kind.FINDING, kind, text);
            results.find(kind, time.now(), text);
        }
    }
}
