/** SQL and Parquet by DuckDB, whose jar is not part of the program and is loaded where it is there. */
@NullMarked
package dev.wattline.ledger.store;

import org.jspecify.annotations.NullMarked;
