/** What was measured, with what. */
@NullMarked
package dev.wattline.report.setup;

import org.jspecify.annotations.NullMarked;
