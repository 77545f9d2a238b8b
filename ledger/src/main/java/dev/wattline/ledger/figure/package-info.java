/** The figures of the MLPerf Power paper, computed from published tables and raw logs: as published and strict. */
@NullMarked
package dev.wattline.ledger.figure;

import org.jspecify.annotations.NullMarked;
