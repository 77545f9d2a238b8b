/** The logs that nvidia-smi writes: its CSV, dmon, -q and its table. */
@NullMarked
package dev.wattline.analysis.read.nvidia;

import org.jspecify.annotations.NullMarked;
