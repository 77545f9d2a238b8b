package dev.wattline.sut.session;

import dev.wattline.model.Phase;
import dev.wattline.sut.SutException;
import java.time.Duration;
import java.util.List;

/** The workload ended with another exit status than 0, or did not end in time. */
public final class WorkloadFailedException extends SutException {
    private static final int TIMED_OUT = 124; // as 'timeout' ends

    private final int status;

    WorkloadFailedException(Phase phase, String command, int status, List<String> lastLines) {
        super(
                "the workload failed in the " + phase.word() + " phase with exit status " + status + ": " + command
                        + tail(lastLines),
                "Run the command by itself, in the same folder, until it exits with 0.");
        this.status = status;
    }

    private WorkloadFailedException(String message, int status) {
        super(message, "Find out why it goes on for so long, or allow it more time with --workload-limit.");
        this.status = status;
    }

    /** The workload ran for longer than it may, and was ended. */
    static WorkloadFailedException overTime(Phase phase, String command, Duration limit, List<String> lastLines) {
        return new WorkloadFailedException(
                "the workload ran for more than " + limit.toSeconds() + " s in the " + phase.word()
                        + " phase, as --workload-limit says, and was ended: " + command + tail(lastLines),
                TIMED_OUT);
    }

    private static String tail(List<String> lines) {
        return lines.isEmpty() ? "" : "; its last lines:\n    " + String.join("\n    ", lines);
    }

    /** The workload's own exit status; 124 if it did not end in time. */
    public int status() {
        return status;
    }
}
