/** What a campaign came to, and how long it will take. */
@NullMarked
package dev.wattline.campaign.report;

import org.jspecify.annotations.NullMarked;
