/** The director's end of control connections, on one Netty event loop and one session thread. */
@NullMarked
package dev.wattline.protocol.server;

import org.jspecify.annotations.NullMarked;
