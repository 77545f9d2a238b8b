/** Energy from a sampled series by each of the methods a reader may have used. */
@NullMarked
package dev.wattline.analysis.energy;

import org.jspecify.annotations.NullMarked;
