/** The JSON that the commands of the ledger print. */
@NullMarked
package dev.wattline.ledger.out.json;

import org.jspecify.annotations.NullMarked;
