package dev.wattline.bench.soak;

import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultAction.Announce;
import dev.wattline.mock.scenario.FaultAction.Answer;
import dev.wattline.mock.scenario.FaultAction.Delay;
import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultAction.Drop;
import dev.wattline.mock.scenario.FaultAction.Exit;
import dev.wattline.mock.scenario.FaultAction.Flood;
import dev.wattline.mock.scenario.FaultAction.Hang;
import dev.wattline.mock.scenario.FaultAction.Print;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.mock.scenario.Trigger.Start;
import java.time.Duration;

/** What goes wrong in a session, and how that session must end. */
enum Mishap {
    NONE(true, ""),
    SLOW_REPLIES(true, ""),
    SAMPLE_TWICE(true, "two samples have the same time"),
    UNCERTAIN(true, "Uncertainty 1.50%"),
    USB_ERROR(true, "ERROR: USB read failed"),
    OVERRANGE(false, "valid window"),
    NOTHING_VALID(false, "no range can be found"),
    PTD_ENDS_IN_RANGING(false, "analyzer 1: "),
    PTD_ENDS_IN_TESTING(false, "analyzer 1: "),
    PTD_HANGS_UP(false, "analyzer 1: "),
    PTD_RESETS(false, "analyzer 1: "),
    PTD_ENDS_AT_ITS_START(false, "ended before it listened"),
    PTD_NEVER_LISTENS(false, "did not answer on port"),
    GO_REFUSED(false, "'Go,1000,0,"),
    GARBAGE(false, "'RR'"),
    RANGE_REFUSED(false, "current range"),
    STOP_UNANSWERED(false, "'Stop'"),
    ENDLESS_LINE(false, "'Watts'"),
    TOO_FEW_ROWS(false, "'RL'"),
    WORKLOAD_FAILS(false, "the workload failed in the ranging phase with exit status 3"),
    WINDOW_ELSEWHERE(false, "outside the phase"),
    INTERRUPTED(false, "the client is gone"),
    CLIENT_GONE(false, "the client is gone");

    private final boolean complete;
    private final String trace;

    Mishap(boolean complete, String trace) {
        this.complete = complete;
        this.trace = trace;
    }

    /** What the session's PTDaemon does. */
    FaultScenario scenario() {
        return switch (this) {
            case SLOW_REPLIES -> with(new OnCommand("SR,A", 0), new Delay(Duration.ofMillis(60)));
            case SAMPLE_TWICE -> with(new OnSample(2, 2), new Disturb(Disturbance.DUPLICATED, 1));
            case UNCERTAIN -> with(new OnSample(2, 2), new Disturb(Disturbance.UNCERTAINTY, 2, 1.5));
            case USB_ERROR -> with(new OnSample(2, 2), new Print("ERROR: USB read failed", false));
            case OVERRANGE -> with(new OnSample(2, 2), new Disturb(Disturbance.OVERRANGE, 1));
            case NOTHING_VALID -> with(new OnSample(1, 1), new Disturb(Disturbance.NAN, 10_000));
            case PTD_ENDS_IN_RANGING -> with(new OnSample(3, 1), new Exit(3));
            case PTD_ENDS_IN_TESTING -> with(new OnSample(3, 2), new Exit(139));
            case PTD_HANGS_UP -> with(new OnSample(3, 1), new Drop(false));
            case PTD_RESETS -> with(new OnSample(3, 2), new Drop(true));
            case PTD_ENDS_AT_ITS_START -> with(new Start(0), new Exit(1));
            case PTD_NEVER_LISTENS -> with(new Start(0), new Hang());
            case GO_REFUSED -> with(new OnCommand("Go", 1), new Answer("Error: meter busy"));
            case GARBAGE -> with(new OnCommand("RR", 1), new Answer("%$#"));
            case RANGE_REFUSED -> with(new OnCommand("SR,A", 3), new Answer("Error in parameter"));
            case STOP_UNANSWERED -> with(new OnCommand("Stop", 2), new Hang());
            case ENDLESS_LINE -> with(new OnCommand("Watts", 1), new Flood(1 << 20));
            case TOO_FEW_ROWS -> with(new OnCommand("RL", 2), new Announce(3));
            default -> FaultScenario.none();
        };
    }

    private static FaultScenario with(Trigger when, FaultAction action) {
        return FaultScenario.of(new Fault(when, action));
    }

    /** Whether the session is measured to its end all the same. */
    boolean isComplete() {
        return complete;
    }

    /** What the session's summary must say of it; empty if nothing. */
    String trace() {
        return trace;
    }

    /** Whether the director sees it while a phase runs, and so tells it to the runner at once. */
    boolean isSeenLive() {
        return switch (this) {
            case SAMPLE_TWICE,
                    UNCERTAIN,
                    USB_ERROR,
                    OVERRANGE,
                    PTD_ENDS_IN_RANGING,
                    PTD_ENDS_IN_TESTING,
                    PTD_HANGS_UP,
                    PTD_RESETS,
                    WINDOW_ELSEWHERE -> true;
            default -> false;
        };
    }

    /** The workload of its runner. */
    Workload workload() {
        return switch (this) {
            case WORKLOAD_FAILS -> Workload.FAILING;
            case WINDOW_ELSEWHERE -> Workload.OF_ANOTHER_YEAR;
            case INTERRUPTED -> Workload.ENDLESS;
            default -> Workload.SHORT;
        };
    }
}
