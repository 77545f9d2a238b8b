/** Statistics of short and long series that no library here offers in linear time. */
@NullMarked
package dev.wattline.analysis.stats;

import org.jspecify.annotations.NullMarked;
