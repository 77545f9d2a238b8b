/** What the tests of several modules share; never shipped. */
@NullMarked
package dev.wattline.testing;

import org.jspecify.annotations.NullMarked;
