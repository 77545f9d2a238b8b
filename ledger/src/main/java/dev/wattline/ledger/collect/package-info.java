/** Collects published results of all formats into one ledger. */
@NullMarked
package dev.wattline.ledger.collect;

import org.jspecify.annotations.NullMarked;
