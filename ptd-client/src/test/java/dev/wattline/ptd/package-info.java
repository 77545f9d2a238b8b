/** Tests of the PTDaemon client. */
@NullMarked
package dev.wattline.ptd;

import org.jspecify.annotations.NullMarked;
