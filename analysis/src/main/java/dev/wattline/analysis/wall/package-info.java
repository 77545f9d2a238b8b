/** Wall power explained by the GPUs' reported power: robust regression with its diagnostics. */
@NullMarked
package dev.wattline.analysis.wall;

import org.jspecify.annotations.NullMarked;
