/** Many sessions with random faults in one JVM: whether each ends as it should, and nothing piles up. */
@NullMarked
package dev.wattline.bench.soak;

import org.jspecify.annotations.NullMarked;
