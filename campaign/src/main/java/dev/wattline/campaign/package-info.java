/** Campaigns: many sessions one after the other, which survive what a night brings. */
@NullMarked
package dev.wattline.campaign;

import org.jspecify.annotations.NullMarked;
