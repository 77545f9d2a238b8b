/** What a campaign does next, as a function of its plan and its journal. */
@NullMarked
package dev.wattline.campaign.engine;

import org.jspecify.annotations.NullMarked;
