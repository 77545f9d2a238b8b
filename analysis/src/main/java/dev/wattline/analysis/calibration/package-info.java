/**
 * A machine's power at the wall from what the machine itself tells: models fitted beside a meter, and what they promise
 * later without one. Pure computation; {@code calibration.json} keeps it.
 */
@NullMarked
package dev.wattline.analysis.calibration;

import org.jspecify.annotations.NullMarked;
