/** What all importers share: the row that they put together, and what is known of the programs behind their data. */
@NullMarked
package dev.wattline.ledger.imports.row;

import org.jspecify.annotations.NullMarked;
