/** Readers of published tables in CSV. */
@NullMarked
package dev.wattline.ledger.read.csv;

import org.jspecify.annotations.NullMarked;
