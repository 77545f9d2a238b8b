package dev.wattline.cli.doctor;

import dev.wattline.sut.process.Leftovers.Leftover;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Processes of other sessions' workloads that run on this machine. */
final class LeftoversCheck implements DoctorCheck {
    private static final int NAMED = 5;

    private final Supplier<List<Leftover>> finder;

    LeftoversCheck(Supplier<List<Leftover>> finder) {
        this.finder = finder;
    }

    @Override
    public String name() {
        return "other workloads";
    }

    @Override
    public CheckOutcome run() {
        List<Leftover> found = finder.get();
        if (found.isEmpty()) {
            return CheckOutcome.pass("none is running");
        }
        String named = found.stream().limit(NAMED).map(LeftoversCheck::named).collect(Collectors.joining("\n"));
        return CheckOutcome.warn(
                        named + (found.size() > NAMED ? "\nand " + (found.size() - NAMED) + " more" : ""),
                        "End what ended sessions left, and wait for those that run: they use this machine's power.")
                .with("processes", found.size());
    }

    private static String named(Leftover one) {
        String session = one.runner().isPresent()
                ? "session " + one.session() + ", which runner " + one.runner().getAsLong() + " measures now"
                : "ended session " + one.session();
        return "process " + one.pid() + " of " + session + " (" + one.command() + ")";
    }
}
