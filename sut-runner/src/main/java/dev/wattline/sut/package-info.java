/** The small-footprint runner on the measured machine. */
@NullMarked
package dev.wattline.sut;

import org.jspecify.annotations.NullMarked;
