package dev.wattline.director.monitor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.config.LiveCheck;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.phase.PhaseResults;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Subject;
import dev.wattline.protocol.live.EventSeverity;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.server.ControlClient;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who has to know that something is wrong with a running phase: the log, the journal, the summary and a
 * client that asked for events; and ends the phase if the configuration wants that. Of a check that fails again and again
 * the first few times are told, and then each hundredth; cause and remedy are told with the first. Safe for use by several
 * threads; it does not block.
 */
public final class Alarm implements Consumer<Finding> {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
    private static final int TOLD_EACH = 5;
    private static final int TOLD_HUNDREDTHS = 100;

    private final SessionId id;
    private final Set<LiveCheck> stopOn;
    private final SessionJournal journal;
    private final PhaseResults results;
    private final ControlClient client;
    private final TimeSource time;

    @GuardedBy("this")
    private final Set<String> explained = new HashSet<>();

    private final Consumer<String> end;

    @GuardedBy("this")
    private final Map<LiveCheck, Integer> failures = new EnumMap<>(LiveCheck.class);

    /** @param end ends the phase, for this reason, without waiting for it */
    public Alarm(
            SessionId id,
            Set<LiveCheck> stopOn,
            SessionJournal journal,
            PhaseResults results,
            ControlClient client,
            TimeSource time,
            Consumer<String> end) {
        this.id = id;
        this.stopOn = stopOn;
        this.journal = journal;
        this.results = results;
        this.client = client;
        this.time = time;
        this.end = end;
    }

    /** A time in which a process stood still, of which only that is known. */
    public static Finding stalled(Instant at, String text) {
        return Finding.warning("process-stalled", text).when(at);
    }

    private static LiveCheck check(Finding fault) {
        return LiveCheck.finding(fault.id())
                .orElseThrow(() -> new IllegalStateException("no live check looks for the finding " + fault.id()));
    }

    @Override
    public void accept(Finding fault) {
        accept(fault, true, stopOn.contains(check(fault)));
    }

    /** Takes what the runner itself has noticed: it need not be told but that the phase is ended. */
    void fromRunner(Finding fault) {
        boolean stop = stopOn.contains(check(fault));
        accept(fault, stop, stop);
    }

    /** Takes what makes the measurement worthless: it ends the session whatever the configuration says. */
    void fatal(Finding fault) {
        accept(fault, true, true);
    }

    private void accept(Finding fault, boolean tellsRunner, boolean stop) {
        LiveCheck check = check(fault);
        Instant at = fault.time().orElseGet(time::now);
        int nth = count(check);
        if (nth <= TOLD_EACH || nth % TOLD_HUNDREDTHS == 0) {
            String text = nth <= TOLD_EACH ? fault.message() : fault.message() + " (the " + nth + "th time)";
            Explanation why = fault.explanation();
            String told = isNew(fault.id()) ? explained(text, why) : text;
            if (tellsRunner) {
                tell(stop ? EventSeverity.FATAL : EventSeverity.WARNING, check.word(), at, told);
            }
            LOG.warn("session={} check={} at={} {}", id, check.word(), at, told);
            results.find(fault.withMessage(text).when(at));
            journal.add(Kind.FINDING, check.word(), text);
        }
        if (stop) {
            end.accept(fault.message());
        }
    }

    private static String explained(String text, Explanation why) {
        String sentence = text.endsWith(".") || text.endsWith("!") ? text : text + "."; // PTDaemon's own lines end so
        return sentence + " Usual cause: " + why.cause() + " Remedy: " + why.remedy();
    }

    private synchronized int count(LiveCheck check) {
        return failures.merge(check, 1, Integer::sum);
    }

    private synchronized boolean isNew(String explanation) {
        return explained.add(explanation);
    }

    /** An analyzer's PTDaemon is gone; the session cannot go on, whatever the client is told to do with its workload. */
    public void onLost(Analyzer analyzer, String cause) {
        String text = "analyzer " + analyzer.number() + ": " + cause;
        EventSeverity severity = stopOn.contains(LiveCheck.PTD_LOST) ? EventSeverity.FATAL : EventSeverity.WARNING;
        Instant now = time.now();
        Finding lost = Finding.error(LiveCheck.PTD_LOST.word(), text)
                .about(Subject.part("analyzer " + analyzer.number()))
                .when(now);
        tell(severity, LiveCheck.PTD_LOST.word(), now, explained(text, lost.explanation()));
        results.find(lost);
        journal.add(Kind.LOST, analyzer.number(), cause);
        end.accept(text);
    }

    /** Tells of something that the one who reads the result should know, and that is no check of a running phase. */
    public void warn(String code, String text) {
        Instant now = time.now();
        tell(EventSeverity.WARNING, code, now, text);
        LOG.warn("session={} {}", id, text);
        results.find(code, now, text);
        journal.add(Kind.FINDING, code, text);
    }

    /** Tells the client of something that ends the session and is no check. */
    public void announce(String code, String text) {
        tell(EventSeverity.FATAL, code, time.now(), text);
    }

    private void tell(EventSeverity severity, String code, Instant at, String text) {
        boolean told = client.push(new PushedLine.Event(severity, at, code, text));
        LOG.debug("session={} code={} told={} {}", id, code, told, text);
    }
}
