/** Accelerators by their canonical names, with their design powers. */
@NullMarked
package dev.wattline.ledger.hardware;

import org.jspecify.annotations.NullMarked;
