package dev.wattline.campaign.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * Until when a campaign measures.
 *
 * @param deadline no session is begun that would end later, by the wall clock; empty for none
 */
public record CampaignLimits(Optional<Instant> deadline) {
    /** None. */
    public static final CampaignLimits NONE = new CampaignLimits(Optional.empty());
}
