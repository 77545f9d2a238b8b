/** Change points of the merged trace, their labels, ramps and the correlation of GPUs inside them. */
@NullMarked
package dev.wattline.analysis.phases;

import org.jspecify.annotations.NullMarked;
