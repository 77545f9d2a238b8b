/** Readers of trees of results: the raw logs of a round, as MLCommons publishes them. */
@NullMarked
package dev.wattline.ledger.read.tree;

import org.jspecify.annotations.NullMarked;
