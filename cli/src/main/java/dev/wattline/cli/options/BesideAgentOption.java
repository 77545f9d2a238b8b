package dev.wattline.cli.options;

import dev.wattline.agent.job.HandOver;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Keeps a run that was started by hand and the jobs of this machine's agent apart. */
public final class BesideAgentOption {
    /** Set by the launcher: the folder of the agent's state, where there is one. */
    public static final String STATE = "wattline.agent.state";

    @Option(names = "--beside-agent", description = "Measure also while a job of this machine's agent is under way.")
    private boolean besideAgent;

    /**
     * Holds the machine until this process ends: the agent sets nothing meanwhile.
     *
     * @throws dev.wattline.agent.job.MachineBusyException if a job of the agent's is under way
     */
    public void hold() {
        String state = System.getProperty(STATE);
        if (state != null && !besideAgent) {
            HandOver.holdByHand(Path.of(state));
        }
    }
}
