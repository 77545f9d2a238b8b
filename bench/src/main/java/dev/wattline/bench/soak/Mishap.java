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
import dev.wattline.mock.scenario.Scenario;
import dev.wattline.mock.scenario.Trigger;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.mock.scenario.Trigger.Start;
import java.time.Duration;

/** What goes wrong in a session, and how that session must end. */
enum Mishap {
    NONE(true, ""),
    SLOW_REPLIES(new OnCommand("SR,A", 0), new Delay(Duration.ofMillis(60)), true, ""),
    SAMPLE_TWICE(new OnSample(2, 2), new Disturb(Disturbance.DUPLICATED, 1), true, "two samples have the same time"),
    UNCERTAIN(new OnSample(2, 2), new Disturb(Disturbance.UNCERTAINTY, 2, 1.5), true, "Uncertainty 1.50%"),
    USB_ERROR(new OnSample(2, 2), new Print("ERROR: USB read failed", false), true, "ERROR: USB read failed"),
    OVERRANGE(new OnSample(2, 2), new Disturb(Disturbance.OVERRANGE, 1), false, "valid window"),
    NOTHING_VALID(new OnSample(1, 1), new Disturb(Disturbance.NAN, 10_000), false, "no range can be found"),
    PTD_ENDS_IN_RANGING(new OnSample(3, 1), new Exit(3), false, "analyzer 1: "),
    PTD_ENDS_IN_TESTING(new OnSample(3, 2), new Exit(139), false, "analyzer 1: "),
    PTD_HANGS_UP(new OnSample(3, 1), new Drop(false), false, "analyzer 1: "),
    PTD_RESETS(new OnSample(3, 2), new Drop(true), false, "analyzer 1: "),
    PTD_ENDS_AT_ITS_START(new Start(0), new Exit(1), false, "ended before it listened"),
    PTD_NEVER_LISTENS(new Start(0), new Hang(), false, "did not answer on port"),
    GO_REFUSED(new OnCommand("Go", 1), new Answer("Error: meter busy"), false, "'Go,1000,0,"),
    GARBAGE(new OnCommand("RR", 1), new Answer("%$#"), false, "'RR'"),
    RANGE_REFUSED(new OnCommand("SR,A", 3), new Answer("Error in parameter"), false, "current range"),
    STOP_UNANSWERED(new OnCommand("Stop", 2), new Hang(), false, "'Stop'"),
    ENDLESS_LINE(new OnCommand("Watts", 1), new Flood(1 << 20), false, "'Watts'"),
    TOO_FEW_ROWS(new OnCommand("RL", 2), new Announce(3), false, "'RL'"),
    WORKLOAD_FAILS(false, "the workload failed in the ranging phase with exit status 3"),
    WINDOW_ELSEWHERE(false, "outside the phase"),
    INTERRUPTED(false, "the client is gone"),
    CLIENT_GONE(false, "the client is gone");

    private final Scenario scenario;
    private final boolean complete;
    private final String trace;

    Mishap(boolean complete, String trace) {
        this.scenario = Scenario.none();
        this.complete = complete;
        this.trace = trace;
    }

    Mishap(Trigger when, FaultAction action, boolean complete, String trace) {
        this.scenario = Scenario.of(new Fault(when, action));
        this.complete = complete;
        this.trace = trace;
    }

    /** What the session's PTDaemon does. */
    Scenario scenario() {
        return scenario;
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
