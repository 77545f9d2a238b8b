/** The programs of a measurement: {@code director}, {@code run}, {@code workload}, {@code doctor}, and what speaks to
 * PTDaemon by hand. */
@NullMarked
package dev.wattline.cli.run;

import org.jspecify.annotations.NullMarked;
