/** The one launcher, {@code wattline <command>}. */
@NullMarked
package dev.wattline.cli;

import org.jspecify.annotations.NullMarked;
