/** The SUT's end of a control connection, on blocking sockets so that a resting runner costs nothing. */
@NullMarked
package dev.wattline.protocol.client;

import org.jspecify.annotations.NullMarked;
