/** Power over time: a compact store for long logs and the integrals of it. */
@NullMarked
package dev.wattline.analysis.series;

import org.jspecify.annotations.NullMarked;
