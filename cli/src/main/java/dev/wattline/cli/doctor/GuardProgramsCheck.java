package dev.wattline.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The programs by which what a workload starts is sure to end with the runner, and a PTDaemon has a session of its own. */
final class GuardProgramsCheck implements DoctorCheck {
    private final List<String> needed;
    private final Function<String, Optional<Path>> finder;

    /**
     * The check.
     *
     * @param needed programs without which the workload cannot be run
     * @param finder finds a program on {@code PATH}
     */
    GuardProgramsCheck(List<String> needed, Function<String, Optional<Path>> finder) {
        this.needed = needed;
        this.finder = finder;
    }

    @Override
    public String name() {
        return "guard programs";
    }

    @Override
    public CheckOutcome run() {
        List<String> missing = needed.stream()
                .filter(program -> finder.apply(program).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            return CheckOutcome.fail(
                    "not on PATH: " + String.join(", ", missing), "Install them, or put their folder on PATH.");
        }
        Optional<Path> setsid = finder.apply("setsid");
        if (setsid.isEmpty()) {
            return CheckOutcome.warn(
                    "setsid is not on PATH: what is started here shares this terminal's signals, and may outlive a"
                            + " kill -9",
                    "Install util-linux.");
        }
        if (!needed.isEmpty() && finder.apply("grep").isEmpty()) {
            return CheckOutcome.warn(
                    "grep is not on PATH: a workload cannot ask at the terminal, and a daemon that it starts may outlive"
                            + " a kill -9",
                    "Install grep.");
        }
        return CheckOutcome.pass("setsid is " + setsid.get());
    }
}
