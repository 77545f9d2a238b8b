/** Power readings of the measured machine's own sources, a package each, collected beside the workload. */
@NullMarked
package dev.wattline.sut.telemetry;

import org.jspecify.annotations.NullMarked;
