/** A campaign on the measured machine itself, by its agent. */
@NullMarked
package dev.wattline.campaign.local;

import org.jspecify.annotations.NullMarked;
