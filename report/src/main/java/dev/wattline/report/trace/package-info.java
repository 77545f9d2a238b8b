/** What the page's script plots over time: series and bands. */
@NullMarked
package dev.wattline.report.trace;

import org.jspecify.annotations.NullMarked;
