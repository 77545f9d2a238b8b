package dev.wattline.campaign.engine;

import java.time.Duration;

/** How a campaign waits while nothing is measured. */
public interface Waiting {
    /** Waits so long, or until somebody asks the campaign to end; whether somebody has. */
    boolean await(Duration time);

    /** Whether somebody has asked the campaign to end. */
    boolean isStopped();
}
