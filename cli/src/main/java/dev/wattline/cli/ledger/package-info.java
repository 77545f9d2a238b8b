/** {@code ledger}, {@code training} and {@code tiny}: published results. */
@NullMarked
package dev.wattline.cli.ledger;

import org.jspecify.annotations.NullMarked;
