/** Logback's set-up, the layout of log lines and the director's log file. */
@NullMarked
package dev.wattline.cli.logging;

import org.jspecify.annotations.NullMarked;
