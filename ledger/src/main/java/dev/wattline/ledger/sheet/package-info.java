/** The extraction sheet: what a session's logs say of power before, in and after LoadGen's window. */
@NullMarked
package dev.wattline.ledger.sheet;

import org.jspecify.annotations.NullMarked;
