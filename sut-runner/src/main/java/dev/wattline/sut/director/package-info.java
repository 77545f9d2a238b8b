/** The connection of a run to its director. */
@NullMarked
package dev.wattline.sut.director;

import org.jspecify.annotations.NullMarked;
