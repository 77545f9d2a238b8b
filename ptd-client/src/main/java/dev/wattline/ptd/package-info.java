/** The PTDaemon line protocol on Netty. */
@NullMarked
package dev.wattline.ptd;

import org.jspecify.annotations.NullMarked;
