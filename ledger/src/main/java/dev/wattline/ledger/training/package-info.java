/** The energy to train of MLPerf Training's power submissions, from their logs. */
@NullMarked
package dev.wattline.ledger.training;

import org.jspecify.annotations.NullMarked;
