/** Tables of phases and the error statement, from telemetry that is ready and the analyzer's log. */
@NullMarked
package dev.wattline.analysis.statement;

import org.jspecify.annotations.NullMarked;
