/** The energy of an inference of MLPerf Tiny's submissions, from their energy traces. */
@NullMarked
package dev.wattline.ledger.tiny;

import org.jspecify.annotations.NullMarked;
