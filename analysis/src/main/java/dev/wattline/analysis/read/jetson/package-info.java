/** The logs of Jetson modules, tegrastats. */
@NullMarked
package dev.wattline.analysis.read.jetson;

import org.jspecify.annotations.NullMarked;
