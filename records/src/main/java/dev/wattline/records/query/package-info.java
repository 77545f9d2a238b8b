/** Choosing, grouping and comparing the lines of an index. */
@NullMarked
package dev.wattline.records.query;

import org.jspecify.annotations.NullMarked;
