/**
 * Power readings of the measured machine's own sources, a package each, collected beside the workload. A new one is a {@link
 * dev.wattline.sut.telemetry.source.PowerReader} and a line in {@link dev.wattline.sut.telemetry.TelemetrySources}.
 */
@NullMarked
package dev.wattline.sut.telemetry;

import org.jspecify.annotations.NullMarked;
