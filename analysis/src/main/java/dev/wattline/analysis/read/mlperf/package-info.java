/** Node power as MLPerf Training logs it. */
@NullMarked
package dev.wattline.analysis.read.mlperf;

import org.jspecify.annotations.NullMarked;
