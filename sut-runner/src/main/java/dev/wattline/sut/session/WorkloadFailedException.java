package dev.wattline.sut.session;

import dev.wattline.model.Phase;
import dev.wattline.sut.SutException;
import java.util.List;

/** The workload ended with another exit status than 0. */
public final class WorkloadFailedException extends SutException {
    private final int status;

    WorkloadFailedException(Phase phase, String command, int status, List<String> lastLines) {
        super(
                "the workload failed in the " + phase.word() + " phase with exit status " + status + ": " + command
                        + tail(lastLines),
                "Run the command by itself, in the same folder, until it exits with 0.");
        this.status = status;
    }

    private static String tail(List<String> lines) {
        return lines.isEmpty() ? "" : "; its last lines:\n    " + String.join("\n    ", lines);
    }

    /** The workload's own exit status. */
    public int status() {
        return status;
    }
}
