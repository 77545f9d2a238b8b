/** Loads and sensors with known truth, for checking every claim of this module. */
@NullMarked
package dev.wattline.simulation;

import org.jspecify.annotations.NullMarked;
