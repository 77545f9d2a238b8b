/** Energy over an interval from the readings that the runner takes itself, without an analyzer, with its uncertainty. */
@NullMarked
package dev.wattline.analysis.source;

import org.jspecify.annotations.NullMarked;
