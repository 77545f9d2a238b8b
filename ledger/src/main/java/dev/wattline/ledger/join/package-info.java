/** Published values against the raw logs: which result a row is of, and whether its value is the one that was measured. */
@NullMarked
package dev.wattline.ledger.join;

import org.jspecify.annotations.NullMarked;
