package dev.wattline.campaign.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a campaign measures, and for how long at once.
 *
 * @param deadline no session is begun that would end later, by the wall clock; empty for none
 * @param perPhase how long a workload may run in a phase before it is ended; empty for as long as it does
 */
public record CampaignLimits(Optional<Instant> deadline, Optional<Duration> perPhase) {
    /** None. */
    public static final CampaignLimits NONE = new CampaignLimits(Optional.empty(), Optional.empty());
}
