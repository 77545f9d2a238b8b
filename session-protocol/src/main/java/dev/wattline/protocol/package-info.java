/** The director and SUT protocol v3: messages, framing, file transfer, clock checks. */
@NullMarked
package dev.wattline.protocol;

import org.jspecify.annotations.NullMarked;
