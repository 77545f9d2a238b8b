/** The power sensor behind nvidia-smi: update period, averaging window, delay, gain and offset. */
@NullMarked
package dev.wattline.analysis.sensor;

import org.jspecify.annotations.NullMarked;
