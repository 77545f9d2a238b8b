/** A lab's sessions and their index: {@code results}, {@code index}, {@code peaks}, {@code sessions}, {@code prune}, {@code fetch}. */
@NullMarked
package dev.wattline.cli.results;

import org.jspecify.annotations.NullMarked;
