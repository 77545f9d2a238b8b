/** Joins what the analysis found and what the checks say into a report. */
@NullMarked
package dev.wattline.cli.report;

import org.jspecify.annotations.NullMarked;
