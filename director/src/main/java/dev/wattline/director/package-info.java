/** The director daemon. */
@NullMarked
package dev.wattline.director;

import org.jspecify.annotations.NullMarked;
