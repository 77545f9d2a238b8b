/** JSON in and out: sampling-error.json, the sensor report and calibration files. */
@NullMarked
package dev.wattline.analysis.json;

import org.jspecify.annotations.NullMarked;
