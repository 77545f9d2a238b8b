/** All HTML pages, made of what the analysis found and what the checks say. Nothing else writes HTML. */
@NullMarked
package dev.wattline.report;

import org.jspecify.annotations.NullMarked;
