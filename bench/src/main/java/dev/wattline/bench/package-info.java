/** Benchmarks with their own commands. */
@NullMarked
package dev.wattline.bench;

import org.jspecify.annotations.NullMarked;
