package dev.wattline.cli.doctor;

import dev.wattline.sut.process.Leftovers.Leftover;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Processes of earlier sessions' workloads that still run. */
final class LeftoversCheck implements DoctorCheck {
    private static final int NAMED = 5;

    private final Supplier<List<Leftover>> finder;

    LeftoversCheck(Supplier<List<Leftover>> finder) {
        this.finder = finder;
    }

    @Override
    public String name() {
        return "earlier workloads";
    }

    @Override
    public CheckOutcome run() {
        List<Leftover> found = finder.get();
        if (found.isEmpty()) {
            return CheckOutcome.pass("none is running");
        }
        String named = found.stream()
                .limit(NAMED)
                .map(one -> "process " + one.pid() + " of session " + one.session() + " (" + one.command() + ")")
                .collect(Collectors.joining("\n"));
        return CheckOutcome.warn(
                        named + (found.size() > NAMED ? "\nand " + (found.size() - NAMED) + " more" : ""),
                        "End them, unless that session is still running: they use this machine's power.")
                .with("processes", found.size());
    }
}
