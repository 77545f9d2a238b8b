/** What a campaign is to measure: plans, their cells and their order. */
@NullMarked
package dev.wattline.campaign.plan;

import org.jspecify.annotations.NullMarked;
