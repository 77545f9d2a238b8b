/** A measurement without analyzer, as its folder holds it. */
@NullMarked
package dev.wattline.analysis.informal;

import org.jspecify.annotations.NullMarked;
