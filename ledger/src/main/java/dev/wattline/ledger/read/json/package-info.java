/** Readers of JSON files and of lines that hold JSON. */
@NullMarked
package dev.wattline.ledger.read.json;

import org.jspecify.annotations.NullMarked;
