/** A power log whatever its source: what was read, and the contract of what reads it. */
@NullMarked
package dev.wattline.analysis.powerlog;

import org.jspecify.annotations.NullMarked;
