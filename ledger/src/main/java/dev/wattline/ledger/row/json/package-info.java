/** The ledger's form on disk. */
@NullMarked
package dev.wattline.ledger.row.json;

import org.jspecify.annotations.NullMarked;
