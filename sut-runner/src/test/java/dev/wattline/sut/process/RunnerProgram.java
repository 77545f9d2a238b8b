package dev.wattline.sut.process;

import dev.wattline.model.Phase;
import java.util.ArrayList;
import java.util.List;

/** A runner that starts a workload and waits for it, in a JVM of its own, for tests to kill. */
final class RunnerProgram {
    static final String SESSION = "2026-11-22_04-48-34";

    /** What it says once the workload is guarded. */
    static final String GUARDED = "guarded";

    private RunnerProgram() {}

    /** The command line that runs it with this workload. */
    static List<String> command(String workload) {
        return new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                RunnerProgram.class.getName(),
                workload));
    }

    /** Prints its process id and {@link #GUARDED}, and exits with the workload's status. */
    public static void main(String[] args) {
        WorkloadProcess workload =
                WorkloadProcess.start(args[0], WorkloadVariables.of(SESSION, Phase.TESTING), System.out, System.err);
        System.out.println(ProcessHandle.current().pid() + " " + GUARDED);
        int status = workload.onExit().join();
        workload.lastLines(); // all that it wrote has been passed on then
        System.exit(status);
    }
}
