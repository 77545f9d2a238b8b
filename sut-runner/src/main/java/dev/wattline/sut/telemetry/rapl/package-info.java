/** The processors' energy counters. */
@NullMarked
package dev.wattline.sut.telemetry.rapl;

import org.jspecify.annotations.NullMarked;
