/** Calibrations as JSON. */
@NullMarked
package dev.wattline.analysis.calibration.json;

import org.jspecify.annotations.NullMarked;
