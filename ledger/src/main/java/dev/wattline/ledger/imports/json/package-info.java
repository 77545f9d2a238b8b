/** Readers of energy data in JSON. */
@NullMarked
package dev.wattline.ledger.imports.json;

import org.jspecify.annotations.NullMarked;
