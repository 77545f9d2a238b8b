/** A second workload that runs beside the measured one. */
@NullMarked
package dev.wattline.sut.companion;

import org.jspecify.annotations.NullMarked;
