package dev.wattline.sut.companion;

import dev.wattline.sut.SutException;
import java.util.List;

/** What was to run beside the workload had ended before the workload was started: there was nothing to be measured. */
public final class CompanionFailedException extends SutException {
    private static final long serialVersionUID = 1L;

    CompanionFailedException(CompanionOrder order, int status, List<String> lastLines) {
        super(
                "the companion " + order.shown() + " ended with status " + status
                        + ", before the workload beside which it was to run was started"
                        + (lastLines.isEmpty() ? "" : "; its last output:\n  " + String.join("\n  ", lastLines)),
                "It must run longer than the workload, or be started again (loop): " + order.command());
    }
}
