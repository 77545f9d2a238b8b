/** The measurement's spine under load: analyzers, samples, transfers, the runner beside a workload; ours and the reference's. */
@NullMarked
package dev.wattline.bench.spine;

import org.jspecify.annotations.NullMarked;
