/** AMD's GPUs by its own programs, where the kernel's files are not to be had. */
@NullMarked
package dev.wattline.sut.telemetry.amd;

import org.jspecify.annotations.NullMarked;
