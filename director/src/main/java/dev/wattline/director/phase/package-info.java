/** One measured phase of the analyzers: its samples, its window and what was read of it. */
@NullMarked
package dev.wattline.director.phase;

import org.jspecify.annotations.NullMarked;
