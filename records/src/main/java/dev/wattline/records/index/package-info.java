/** The index: a line a session, derived from the sessions' files, with tags of its own. */
@NullMarked
package dev.wattline.records.index;

import org.jspecify.annotations.NullMarked;
