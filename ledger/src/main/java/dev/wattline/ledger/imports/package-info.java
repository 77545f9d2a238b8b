/** Readers of energy data that others publish or that programs write, each with its quirks told as findings. */
@NullMarked
package dev.wattline.ledger.imports;

import org.jspecify.annotations.NullMarked;
