/** The report of a campaign. */
@NullMarked
package dev.wattline.report.campaign;

import org.jspecify.annotations.NullMarked;
