/** What a lab's sessions came to: a derived index, queries over it, statistics. */
@NullMarked
package dev.wattline.records;

import org.jspecify.annotations.NullMarked;
