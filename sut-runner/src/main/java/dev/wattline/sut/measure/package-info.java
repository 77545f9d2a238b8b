/** A command measured by this machine's own sources, without director and analyzer. */
@NullMarked
package dev.wattline.sut.measure;

import org.jspecify.annotations.NullMarked;
