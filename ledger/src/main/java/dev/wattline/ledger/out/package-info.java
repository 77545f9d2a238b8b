/** Tables that the commands of the ledger print and write. */
@NullMarked
package dev.wattline.ledger.out;

import org.jspecify.annotations.NullMarked;
