/** The demo without its processes, in no time. */
@NullMarked
package dev.wattline.bench.demo;

import org.jspecify.annotations.NullMarked;
