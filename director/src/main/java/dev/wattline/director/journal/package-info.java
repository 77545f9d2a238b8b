/** A session's append-only record on disk, and what a restarted director makes of it. */
@NullMarked
package dev.wattline.director.journal;

import org.jspecify.annotations.NullMarked;
