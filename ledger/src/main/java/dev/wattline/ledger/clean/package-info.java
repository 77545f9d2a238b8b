/** Raw tables of results sorted into the cleaned tables that studies read. */
@NullMarked
package dev.wattline.ledger.clean;

import org.jspecify.annotations.NullMarked;
