package dev.wattline.campaign.engine;

import dev.wattline.campaign.plan.CellRepeat;
import java.time.Duration;

/** What a campaign does next. */
public sealed interface CampaignStep {
    /** Find out what became of an attempt that was cut short. */
    record Settle(OpenAttempt attempt) implements CampaignStep {}

    /** Wait before the next attempt of one that failed. */
    record AwaitRetry(CellRepeat what, Duration delay) implements CampaignStep {}

    /** Try a session. */
    record Begin(CellRepeat what, int number) implements CampaignStep {}

    /** Go no further until somebody has looked. */
    record Pause(String why) implements CampaignStep {}

    /** Somebody has ended the campaign. */
    record Abort() implements CampaignStep {}

    /** There is nothing left to do. */
    record Finish() implements CampaignStep {}
}
