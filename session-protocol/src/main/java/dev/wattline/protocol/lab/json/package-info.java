/** The lines of {@code lab/1}. */
@NullMarked
package dev.wattline.protocol.lab.json;

import org.jspecify.annotations.NullMarked;
