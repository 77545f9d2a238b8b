package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The measured machine, as a campaign needs it: by the agent on it, or from afar. */
public interface Machine {
    /**
     * Restores what a job that was cut short had set; afterwards the machine is ours until this process ends.
     *
     * @throws dev.wattline.agent.job.MachineBusyException if somebody else has the machine
     * @throws dev.wattline.agent.job.NotRestoredException if a setting cannot be restored
     */
    void recover();

    /** The hashes of the definitions of a cell's workload and settings, by their names; see {@link CampaignLine.Defined}. */
    Map<String, String> definitions(Cell cell);

    /** How long a session of the cell is expected to take, with its gates; zero if nobody knows. */
    Duration expected(Cell cell);

    /** How long the machine has been up. */
    Duration uptime();

    /**
     * Starts the machine anew: this process is about to be ended.
     *
     * @throws dev.wattline.agent.AgentException if that cannot be done
     */
    void reboot();

    /** Which start of the machine this is: another text after each. */
    String boot();

    /**
     * What a sensor says.
     *
     * @throws dev.wattline.agent.AgentException if it cannot be read
     */
    double sensor(String name);

    /**
     * Runs a workload without measuring it, with the machine's own settings; returns when the time is over or somebody has
     * asked the campaign to end.
     *
     * @throws dev.wattline.agent.AgentException if it cannot be started, or fails
     */
    void warmUp(Cell cell, Gate.WarmUp gate);

    /**
     * Applies a cell's settings and writes the hand-over to the runner.
     *
     * @param label part of the session's name, and of no other attempt's
     * @throws dev.wattline.agent.job.NotRestoredException if a setting cannot be restored
     * @throws dev.wattline.agent.AgentException if the machine cannot be prepared; what was set is restored
     */
    void prepare(Cell cell, String label);

    /**
     * Ends the job: restores the settings.
     *
     * @param status how the runner ended
     * @return why the measurement is suspect; mostly empty
     * @throws dev.wattline.agent.job.NotRestoredException if a setting cannot be restored
     */
    List<String> finish(int status);

    /** What became of the attempt with this label; empty if there is no trace of an end. */
    Optional<Result> result(String label);

    /**
     * An attempt's end.
     *
     * @param cause empty if the session counts
     * @param session its folder; empty if there is none
     * @param why in words; empty if the session counts
     */
    record Result(Optional<Cause> cause, String session, String why) {}
}
