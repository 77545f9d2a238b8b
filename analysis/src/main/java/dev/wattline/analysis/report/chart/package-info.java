/** What the report draws: decimated series, axes and paths. */
@NullMarked
package dev.wattline.analysis.report.chart;

import org.jspecify.annotations.NullMarked;
