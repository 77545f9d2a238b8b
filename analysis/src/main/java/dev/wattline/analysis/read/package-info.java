/** Finds out the form of a power log by what it holds, and reads it. */
@NullMarked
package dev.wattline.analysis.read;

import org.jspecify.annotations.NullMarked;
