/** Whether wall power inferred by a calibration lies within its interval, on simulated machines with known truth. */
@NullMarked
package dev.wattline.bench.calibration;

import org.jspecify.annotations.NullMarked;
