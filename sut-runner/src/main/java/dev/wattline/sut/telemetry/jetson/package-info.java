/** Jetson modules: their rails, and tegrastats. */
@NullMarked
package dev.wattline.sut.telemetry.jetson;

import org.jspecify.annotations.NullMarked;
