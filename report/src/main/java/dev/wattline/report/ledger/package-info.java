/** The pages of the ledger: the paper's figures, published values against raw logs, sheets. */
@NullMarked
package dev.wattline.report.ledger;

import org.jspecify.annotations.NullMarked;
