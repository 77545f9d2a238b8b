/** The two clocks: the zone of nvidia-smi's local stamps and the lag that remains against the analyzer. */
@NullMarked
package dev.wattline.analysis.clock;

import org.jspecify.annotations.NullMarked;
