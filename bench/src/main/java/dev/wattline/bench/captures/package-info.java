/** Captures made up with known truth, by seed, to see whether the analysis keeps its promises on what it never saw. */
@NullMarked
package dev.wattline.bench.captures;

import org.jspecify.annotations.NullMarked;
