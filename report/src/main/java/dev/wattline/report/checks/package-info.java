/** The checks of one or many sessions as one page. */
@NullMarked
package dev.wattline.report.checks;

import org.jspecify.annotations.NullMarked;
