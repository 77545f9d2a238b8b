/** NVIDIA's cards: one nvidia-smi child a phase that writes its log itself. */
@NullMarked
package dev.wattline.sut.telemetry.nvidia;

import org.jspecify.annotations.NullMarked;
