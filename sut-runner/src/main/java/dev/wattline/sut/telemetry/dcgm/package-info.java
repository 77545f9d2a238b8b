/** NVIDIA's energy counter of each GPU, by the command of its data center GPU manager. */
@NullMarked
package dev.wattline.sut.telemetry.dcgm;

import org.jspecify.annotations.NullMarked;
