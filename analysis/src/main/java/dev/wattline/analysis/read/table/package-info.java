/** Tables of power over time, whoever wrote them. */
@NullMarked
package dev.wattline.analysis.read.table;

import org.jspecify.annotations.NullMarked;
