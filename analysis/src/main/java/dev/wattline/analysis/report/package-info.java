/** The report of a session: one HTML file that opens from disk without network. */
@NullMarked
package dev.wattline.analysis.report;

import org.jspecify.annotations.NullMarked;
