/** The report of a session: one HTML file that opens from disk without network. */
@NullMarked
package dev.wattline.report.session;

import org.jspecify.annotations.NullMarked;
