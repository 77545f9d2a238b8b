/** The canonical row of the ledger: a published result, its measures with units, and where each was read. */
@NullMarked
package dev.wattline.ledger.row;

import org.jspecify.annotations.NullMarked;
