/** A simulated server with known truth, whose physics is not that of the analysis: fans, supply, CPU, clocks, faults. */
@NullMarked
package dev.wattline.bench.physics;

import org.jspecify.annotations.NullMarked;
