/** The lab's queue at the director. */
@NullMarked
package dev.wattline.lab;

import org.jspecify.annotations.NullMarked;
