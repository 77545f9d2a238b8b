package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import java.util.Optional;

/** What a line of a campaign's journal says. */
public sealed interface CampaignLine {
    /** The campaign was begun. */
    record Begun(long seed, int sessions) implements CampaignLine {}

    /**
     * A session is about to be tried.
     *
     * @param number from 1
     * @param boot which start of the machine this is
     */
    record Attempt(CellRepeat what, int number, String boot) implements CampaignLine {}

    /**
     * A gate has opened, or has not in time.
     *
     * @param value what the sensor said last; empty for a rest
     */
    record Gated(String gate, String value, boolean open, long seconds) implements CampaignLine {}

    /** The runner is about to get the job. */
    record HandedOver() implements CampaignLine {}

    /**
     * How the attempt ended.
     *
     * @param cause empty if the session counts
     * @param session the session's folder; empty if there is none
     * @param why in words; empty if the session counts
     */
    record Verdict(Optional<Cause> cause, String session, String why) implements CampaignLine {}

    /** The campaign goes no further by itself. */
    record Paused(String why) implements CampaignLine {}

    /** Somebody has had it go on. */
    record Resumed() implements CampaignLine {}

    /** Somebody wants one that was given up to be tried again. */
    record RetryAsked(CellRepeat what) implements CampaignLine {}

    /**
     * What a workload or a setting is by the agent's configuration.
     *
     * @param name {@code workload NAME} or {@code setting NAME}
     * @param accepted whether it was another before, and somebody has said that this is right
     */
    record Defined(String name, String hash, boolean accepted) implements CampaignLine {}

    /**
     * Which of a cell's sessions is the one that is submitted.
     *
     * @param number the attempt
     */
    record Chosen(CellRepeat what, int number, String why, String who) implements CampaignLine {}

    /**
     * The machine is about to be started anew.
     *
     * @param number from 1
     */
    record Rebooting(int number) implements CampaignLine {}

    /** Cells or repeats were added at the end of the order. */
    record Amended(int sessions) implements CampaignLine {}

    /** Somebody has ended the campaign for good. */
    record Aborted(String who) implements CampaignLine {}

    /** Every cell has been measured or given up. */
    record Done() implements CampaignLine {}
}
