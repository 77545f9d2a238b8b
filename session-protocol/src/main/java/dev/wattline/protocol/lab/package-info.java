/** The protocol {@code lab/1} between a director, the agents of measured machines and consoles. */
@NullMarked
package dev.wattline.protocol.lab;

import org.jspecify.annotations.NullMarked;
