/** The GPUs' own power readings: one nvidia-smi child a phase that writes its log itself. */
@NullMarked
package dev.wattline.sut.telemetry;

import org.jspecify.annotations.NullMarked;
