/** What the measured machine says of itself. */
@NullMarked
package dev.wattline.sut.facts;

import org.jspecify.annotations.NullMarked;
