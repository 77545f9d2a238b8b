/** The energy ledger: published energy results, the raw logs behind them, and what compares them. */
@NullMarked
package dev.wattline.ledger;

import org.jspecify.annotations.NullMarked;
