package dev.wattline.campaign.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * When a campaign starts its machine anew between two sessions.
 *
 * @param everyJobs after so many attempts; empty for never by their number
 * @param uptime when it has been up for so long; empty for never by time
 * @param atMost how often in the whole campaign
 */
public record RebootPolicy(Optional<Integer> everyJobs, Optional<Duration> uptime, int atMost) {}
