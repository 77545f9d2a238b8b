/** What a ledger's values say together: quality, comparisons, scaling, variability. */
@NullMarked
package dev.wattline.ledger.study;

import org.jspecify.annotations.NullMarked;
